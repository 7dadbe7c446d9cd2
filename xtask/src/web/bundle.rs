//! One download for each lazily loaded page.
//!
//! Splitting makes a module of everything that any set of pages shares: dozens of files, most of which are smaller than the
//! headers they are sent with. Here, a page's own module and all that it shares are put into one file. That file is itself a
//! WebAssembly module: an empty one, whose custom sections hold the pieces, so that browsers, servers and caches treat it as
//! what it is. A piece that came with another page is not started twice.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};

use super::bind::LOADER;

/// The pieces of each page, what is shared first and its own last.
pub type Pieces = BTreeMap<String, Vec<String>>;

/// An empty module: the magic number and the version (WebAssembly core specification, 5.5.16).
const EMPTY_MODULE: &[u8] = b"\0asm\x01\0\0\0";

/// How a page is loaded. What is exported is what the compiled code imports.
const RUNTIME: &str = r#"import { initSync } from "./app.js";
const started = new Map();
const start = (page, name) => {
    if (!started.has(name)) {
        const [piece] = WebAssembly.Module.customSections(page, name);
        const starting = WebAssembly.instantiate(piece, { __wasm_split: initSync() });
        starting.catch(() => started.delete(name));
        started.set(name, starting);
    }
    return started.get(name);
};
const load = (file, names) => {
    const fetched = async () => {
        const page = await WebAssembly.compileStreaming(fetch(new URL(file, import.meta.url)));
        const own = names.at(-1);
        await Promise.all(names.slice(0, -1).map((name) => start(page, name)));
        await start(page, own);
    };
    let loading;
    return async (callback, data) => {
        let success = false;
        try {
            await (loading ??= fetched());
            success = true;
        } catch (error) {
            // One failure of the network must not break the page for ever.
            loading = undefined;
            console.error(error);
        }
        initSync().__indirect_function_table.get(callback)(data, success);
    };
};
"#;

/// Replaces the generated loader by one that loads whole pages.
pub fn write_loader(files: &Path, pieces: &Pieces) -> Result<()> {
    let mut script = RUNTIME.to_owned();
    for (page, names) in pieces {
        let names = serde_json::to_string(names)?;
        writeln!(script, "export const __wasm_split_load_{page} = load(\"./{page}.wasm\", {names});")?;
    }
    Ok(fs::write(files.join(LOADER), script)?)
}

/// Puts the pieces, which have been shrunk, into one file for each page.
pub fn pack(files: &Path, pieces: &Pieces) -> Result<()> {
    let path = |name: &str| files.join(name).with_extension("wasm");
    let mut bundles = Vec::new();
    for (page, names) in pieces {
        let mut bundle = EMPTY_MODULE.to_vec();
        for name in names {
            let piece = fs::read(path(name)).with_context(|| format!("there is no piece {name}"))?;
            custom_section(name, &piece, &mut bundle);
        }
        bundles.push((page, bundle));
    }
    for name in pieces.values().flatten() {
        let piece = path(name);
        if piece.exists() {
            fs::remove_file(piece)?;
        }
    }
    bundles.into_iter().try_for_each(|(page, bundle)| Ok(fs::write(path(page), bundle)?))
}

/// A section that engines carry along and do not look into (5.5.3).
fn custom_section(name: &str, content: &[u8], out: &mut Vec<u8>) {
    let mut head = Vec::new();
    leb128(name.len(), &mut head);
    head.extend(name.as_bytes());
    out.push(0);
    leb128(head.len() + content.len(), out);
    out.extend(head);
    out.extend(content);
}

/// A number as WebAssembly writes it (5.2.2).
fn leb128(mut number: usize, out: &mut Vec<u8>) {
    loop {
        let group = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(group);
            return;
        }
        out.push(group | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_groups_of_seven_bits() {
        let written = |number| {
            let mut out = Vec::new();
            leb128(number, &mut out);
            out
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(127), [0x7f]);
        assert_eq!(written(128), [0x80, 1]);
        assert_eq!(written(624_485), [0xe5, 0x8e, 0x26]);
    }

    #[test]
    fn a_section_says_how_long_it_is() {
        let mut out = Vec::new();
        custom_section("ab", b"xyz", &mut out);
        assert_eq!(out, b"\0\x06\x02abxyz");
    }
}
