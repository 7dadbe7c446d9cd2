//! Sealing: only the same organization, purpose and key open it.

use crate::support::{KeysInMemory, SeededIds};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connect::{EnvelopeVault, MasterKey};
use contract::OrganizationId;
use domain::ports::Vault as _;
use std::collections::HashSet;
use std::sync::Arc;

fn master(byte: u8) -> MasterKey {
    MasterKey::from_base64(&STANDARD.encode([byte; 32])).unwrap()
}

fn vault(master: MasterKey, keys: &Arc<KeysInMemory>, ids: &Arc<SeededIds>) -> EnvelopeVault {
    EnvelopeVault::new(master, Arc::clone(keys) as _, Arc::clone(ids) as _)
}

fn setup() -> (EnvelopeVault, Arc<KeysInMemory>, Arc<SeededIds>) {
    let (keys, ids) = (Arc::<KeysInMemory>::default(), Arc::<SeededIds>::default());
    (vault(master(1), &keys, &ids), keys, ids)
}

fn org(name: &str) -> OrganizationId {
    OrganizationId::from(name)
}

#[tokio::test]
async fn what_is_sealed_opens_again() {
    let (vault, keys, ids) = setup();
    for plain in [&b""[..], b"hunter2", &vec![0xff; 100_000]] {
        let sealed = vault.seal(&org("a"), "ins_1", plain).await.unwrap();
        assert_eq!(*vault.open(&org("a"), "ins_1", &sealed).await.unwrap(), plain);
        assert!(plain.is_empty() || !sealed.windows(plain.len()).any(|part| part == plain));
        let other_process = self::vault(master(1), &keys, &ids);
        assert_eq!(*other_process.open(&org("a"), "ins_1", &sealed).await.unwrap(), plain);
    }
    assert_eq!(keys.0.lock().unwrap().len(), 1, "one key per organization");
    assert_eq!(keys.0.lock().unwrap()[&org("a")].len(), 1 + 8 + 24 + 32 + 16);
}

#[tokio::test]
async fn the_same_secret_never_looks_the_same() {
    let (vault, ..) = setup();
    let mut seen = HashSet::new();
    for _ in 0..50 {
        assert!(seen.insert(vault.seal(&org("a"), "p", b"same").await.unwrap()));
    }
}

#[tokio::test]
async fn another_organization_or_purpose_does_not_open_it() {
    let (vault, keys, _) = setup();
    let sealed = vault.seal(&org("a"), "ins_1", b"secret").await.unwrap();
    assert!(vault.open(&org("b"), "ins_1", &sealed).await.is_err(), "an organization without a key");
    vault.seal(&org("b"), "x", b"x").await.unwrap();
    assert!(vault.open(&org("b"), "ins_1", &sealed).await.is_err());
    assert!(vault.open(&org("a"), "ins_2", &sealed).await.is_err());
    let of_a = keys.0.lock().unwrap()[&org("a")].clone();
    keys.0.lock().unwrap().insert(org("b"), of_a);
    let error = vault.open(&org("b"), "ins_1", &sealed).await.unwrap_err();
    assert!(error.to_string().contains("another organization"), "a key moved to another row: {error}");
}

#[tokio::test]
async fn any_changed_byte_is_noticed() {
    let (vault, keys, _) = setup();
    let sealed = vault.seal(&org("a"), "p", b"secret").await.unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(vault.open(&org("a"), "p", &changed).await.is_err(), "byte {at}");
        assert!(vault.open(&org("a"), "p", &sealed[..at]).await.is_err(), "cut at {at}");
    }
    let wrapped = keys.0.lock().unwrap()[&org("a")].clone();
    for at in 0..wrapped.len() {
        let mut changed = wrapped.clone();
        changed[at] ^= 1;
        keys.0.lock().unwrap().insert(org("a"), changed);
        assert!(vault.open(&org("a"), "p", &sealed).await.is_err(), "wrapped byte {at}");
    }
}

#[tokio::test]
async fn the_master_key_can_be_rotated() {
    let (old, keys, ids) = setup();
    let sealed = old.seal(&org("a"), "p", b"secret").await.unwrap();
    assert_eq!(old.rewrap(&org("a")).await.unwrap(), None, "it is the present key");

    let error = vault(master(2), &keys, &ids).open(&org("a"), "p", &sealed).await.unwrap_err();
    assert!(error.to_string().contains(&master(1).id_text()), "names the key that is needed: {error}");

    let rotating = vault(master(2), &keys, &ids).accepting(vec![master(3), master(1)]);
    assert_eq!(*rotating.open(&org("a"), "p", &sealed).await.unwrap(), b"secret");
    let wrapped = rotating.rewrap(&org("a")).await.unwrap().unwrap();
    assert_eq!(rotating.rewrap(&org("none")).await.unwrap(), None);
    keys.0.lock().unwrap().insert(org("a"), wrapped);

    let after = vault(master(2), &keys, &ids);
    assert_eq!(*after.open(&org("a"), "p", &sealed).await.unwrap(), b"secret", "what was sealed before still opens");
    assert_eq!(after.rewrap(&org("a")).await.unwrap(), None);
    assert!(old.open(&org("a"), "p", &sealed).await.is_err(), "the old master key alone opens nothing any more");
}
