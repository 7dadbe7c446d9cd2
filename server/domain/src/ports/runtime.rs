//! Time and randomness: the only ways they enter.

use contract::Timestamp;

/// The clock.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Ids and secrets.
pub trait Ids: Send + Sync {
    /// Unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A sortable id such as `ins_01JD…`: prefix, time, 80 random bits (ULID).
    fn id(&self, prefix: &str, now: Timestamp) -> String {
        let mut random = [0u8; 16];
        self.fill(&mut random);
        let ms = u64::try_from(now.0).unwrap_or_default();
        format!("{prefix}_{}", ulid::Ulid::from_parts(ms, u128::from_be_bytes(random)))
    }

    /// A secret of 256 bits in lower-case base 32 without padding, safe in addresses and headers.
    fn secret(&self) -> String {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut random = [0u8; 32];
        self.fill(&mut random);
        let mut out = String::with_capacity(52);
        let (mut acc, mut bits) = (0u32, 0u32);
        for byte in random {
            acc = (acc << 8) | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                out.push(char::from(ALPHABET[((acc >> bits) & 31) as usize]));
            }
        }
        if bits > 0 {
            out.push(char::from(ALPHABET[((acc << (5 - bits)) & 31) as usize]));
        }
        out
    }
}

/// Signs short texts that come back to us in links. The key is derived from the master key and never leaves the adapter.
pub trait Signer: Send + Sync {
    /// A signature that is safe in an address.
    fn sign(&self, text: &str) -> String;

    /// Whether a signature is ours, compared in constant time.
    fn verify(&self, text: &str, signature: &str) -> bool;
}
