//! Writes `style.css` and `icons.svg` into the folder given: `cargo run --features render --example render -- DIR`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::path::PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::write(dir.join("style.css"), style::try_stylesheet()?)?;
    std::fs::write(dir.join("icons.svg"), style::icons::sprite())?;
    Ok(())
}
