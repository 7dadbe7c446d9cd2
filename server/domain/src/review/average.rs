//! What an average of stars is, for pages, cards, facets and order alike.
//!
//! A plain average lets one friend's five stars beat a hundred honest fours. So every listing begins as if
//! [`PRIOR_REVIEWS`] people had given it [`PRIOR_THOUSANDTHS`] thousandths of a star (a Bayesian average with a Dirichlet
//! prior): few reviews move it a little, many decide it. With these numbers one review of five stars makes 3.8, three make
//! 4.1 (so "4 and up" takes at least three), and twenty make 4.7.

/// Reviews that every listing is taken to have before its first.
pub const PRIOR_REVIEWS: u32 = 5;
/// What those give: 3.5 stars.
pub const PRIOR_THOUSANDTHS: u32 = 3500;

/// The average in thousandths of a star; `stars` is how many give one star, two, and so on up to five. Nothing where there
/// are no reviews: what nobody reviewed has no average, not a bad one.
pub fn average(stars: &[u32; 5]) -> Option<u32> {
    let each = (1u64..).zip(stars.iter().copied().map(u64::from));
    let (count, sum) = each.fold((0, 0), |(count, sum), (stars, number)| (count + number, sum + stars * number));
    if count == 0 {
        return None;
    }
    let prior = u64::from(PRIOR_REVIEWS);
    let total = sum * 1000 + prior * u64::from(PRIOR_THOUSANDTHS);
    let weight = count + prior;
    u32::try_from((total + weight / 2) / weight).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::review::Rating;

    fn shown(stars: [u32; 5]) -> String {
        let count = stars.iter().sum();
        average(&stars).and_then(|it| Rating::of(it, count)).map(Rating::stars).unwrap_or_default()
    }

    #[test]
    fn no_reviews_have_no_average() {
        assert_eq!(average(&[0; 5]), None);
    }

    #[test]
    fn few_reviews_move_it_a_little_and_many_decide_it() {
        assert_eq!(shown([0, 0, 0, 0, 1]), "3.8");
        assert_eq!(shown([0, 0, 0, 0, 2]), "3.9");
        assert_eq!(shown([0, 0, 0, 0, 3]), "4.1");
        assert_eq!(shown([0, 0, 0, 0, 20]), "4.7");
        assert_eq!(shown([0, 0, 0, 0, 10_000]), "5.0");
        assert_eq!(shown([1, 0, 0, 0, 0]), "3.1");
        assert_eq!(shown([10_000, 0, 0, 0, 0]), "1.0");
        assert_eq!(average(&[0, 0, 0, 0, 1]), Some(3750));
    }

    #[test]
    fn a_hundred_fours_beat_one_five() {
        assert!(average(&[0, 0, 0, 100, 0]) > average(&[0, 0, 0, 0, 1]));
    }

    #[test]
    fn more_stars_never_lower_it_and_it_stays_among_the_stars() {
        for number in [1, 2, 7, 1000, u32::MAX] {
            let mut last = 0;
            for place in 0..5 {
                let mut stars = [0; 5];
                stars[place] = number;
                let now = average(&stars).unwrap();
                assert!(now > last && (1000..=5000).contains(&now), "{number} at {place}: {now}");
                last = now;
            }
        }
        assert!(average(&[u32::MAX; 5]).is_some(), "no number of reviews is too large");
    }
}
