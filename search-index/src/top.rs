//! The best results seen so far, by one integer key.

/// Keeps the `most` largest keys.
#[derive(Debug)]
pub struct Top {
    most: usize,
    keys: Vec<u128>,
    /// Keys up to this one are out.
    floor: u128,
}

/// Orders by `primary`, largest first, then by id. The score travels along and orders nothing.
pub fn key(primary: u64, id_rank: u32, score: f32) -> u128 {
    u128::from(primary) << 64 | u128::from(!id_rank) << 32 | u128::from(score.to_bits())
}

/// Id rank and score of a key.
#[expect(clippy::cast_possible_truncation, reason = "takes the lower halves on purpose")]
pub fn parts(key: u128) -> (u32, f32) {
    (!((key >> 32) as u32), f32::from_bits(key as u32))
}

impl Top {
    /// Keeps none yet.
    pub fn new(most: usize) -> Self {
        Self { most, keys: Vec::with_capacity(most.saturating_mul(2).min(512)), floor: 0 }
    }

    /// Whether nothing with this `primary` is kept any more.
    pub fn is_out(&self, primary: u64) -> bool {
        u128::from(primary) < self.floor >> 64
    }

    /// The least score among the kept ones, as far as it is known, once there are enough of them.
    #[expect(clippy::cast_possible_truncation, reason = "takes the lower half on purpose")]
    pub fn least_score(&mut self) -> f32 {
        self.shrink();
        f32::from_bits((self.floor >> 64) as u32 & !(1 << 31))
    }

    /// Offers a key.
    pub fn push(&mut self, key: u128) {
        if key <= self.floor || self.most == 0 {
            return;
        }
        self.keys.push(key);
        if self.keys.len() >= self.most * 2 {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.keys.len() > self.most {
            let (_, floor, _) = self.keys.select_nth_unstable_by(self.most - 1, |a, b| b.cmp(a));
            self.floor = *floor;
            self.keys.truncate(self.most);
        }
    }

    /// The keys, largest first.
    pub fn into_sorted(mut self) -> Vec<u128> {
        self.shrink();
        self.keys.sort_unstable_by(|a, b| b.cmp(a));
        self.keys
    }
}

/// A float that is not NaN as an integer of the same order.
pub fn ordered_f32(value: f32) -> u64 {
    let bits = value.to_bits();
    u64::from(if value.is_sign_negative() { !bits } else { bits | 1 << 31 })
}

/// A signed integer as an unsigned one of the same order.
pub const fn ordered_i64(value: i64) -> u64 {
    value.cast_unsigned() ^ (1 << 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_largest() {
        let mut top = Top::new(3);
        for n in [5u64, 1, 9, 7, 3, 8, 2, 9] {
            top.push(key(n, u32::try_from(n).unwrap(), 0.5));
        }
        let kept: Vec<u32> = top.into_sorted().into_iter().map(|key| parts(key).0).collect();
        assert_eq!(kept, [9, 9, 8]);
    }

    #[test]
    fn knows_the_least_score() {
        let mut top = Top::new(2);
        assert!(top.least_score() <= 0.0);
        for score in [0.25, 4.5, 0.5, 3.0] {
            top.push(key(ordered_f32(score), 0, score));
        }
        assert!((top.least_score() - 3.0).abs() < f32::EPSILON);
    }

    #[test]
    fn equals_are_ordered_by_id() {
        assert!(key(1, 0, 0.1) > key(1, 1, 9.0));
        assert_eq!(parts(key(1, 7, 2.5)), (7, 2.5));
    }

    #[test]
    fn numbers_keep_their_order() {
        assert!(ordered_f32(-1.0) < ordered_f32(0.0) && ordered_f32(0.0) < ordered_f32(0.5));
        assert!(ordered_i64(-5) < ordered_i64(0) && ordered_i64(0) < ordered_i64(5));
    }
}
