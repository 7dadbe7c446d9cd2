//! The master key and its file.

use crate::support::SeededIds;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use connect::MasterKey;
use std::fs;

#[test]
fn a_key_is_32_bytes_of_base_64() {
    let bytes = [0xfb; 32];
    let id = MasterKey::from_base64(&STANDARD.encode(bytes)).unwrap().id_text();
    for text in [format!(" {}\n", STANDARD.encode(bytes)), URL_SAFE_NO_PAD.encode(bytes)] {
        assert_eq!(MasterKey::from_base64(&text).unwrap().id_text(), id);
    }
    assert_ne!(MasterKey::from_base64(&STANDARD.encode([1; 32])).unwrap().id_text(), id);
    for bad in
        [String::new(), "password".to_owned(), STANDARD.encode([1; 31]), STANDARD.encode([1; 33]), "§".to_owned()]
    {
        let error = MasterKey::from_base64(&bad).unwrap_err().to_string();
        assert!(error.contains("openssl rand -base64 32"), "{error}");
    }
}

#[test]
fn a_key_does_not_print() {
    let text = STANDARD.encode([7; 32]);
    let key = MasterKey::from_base64(&text).unwrap();
    assert_eq!(format!("{key:?}"), format!("MasterKey({})", key.id_text()));
    assert!(!key.id_text().contains("0707"));
}

#[test]
fn a_key_file_is_made_once_and_readable_by_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data/master.key");
    let ids = SeededIds::default();
    let first = MasterKey::load_or_create(&path, &ids).unwrap().id_text();
    assert_eq!(MasterKey::load_or_create(&path, &ids).unwrap().id_text(), first);
    let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "no draft is left: {left:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn processes_that_start_together_get_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    let ids = SeededIds::default();
    let keys: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| MasterKey::load_or_create(&path, &ids).unwrap().id_text())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[test]
fn a_broken_key_file_is_named_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    fs::write(&path, "not a key").unwrap();
    let error = MasterKey::load_or_create(&path, &SeededIds::default()).unwrap_err().to_string();
    assert!(error.contains("master.key"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
}
