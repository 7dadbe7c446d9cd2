//! Where a technology stands with whoever looks.

use contract::coverage::KnownTechnology;
use style::class;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is installed in the organization of whoever looks.
    Installed,
    /// It can be installed.
    Missing,
    /// It is listed, and can't be installed yet.
    Listed,
    /// Nobody lists it.
    Unlisted,
}

impl Standing {
    /// All, in the order of the map's columns.
    pub const ALL: [Self; 4] = [Self::Installed, Self::Missing, Self::Listed, Self::Unlisted];

    /// Of a technology.
    pub fn of(technology: &KnownTechnology) -> Self {
        match &technology.listing {
            Some(listing) if listing.installation.is_some() => Self::Installed,
            Some(listing) if listing.installable => Self::Missing,
            Some(_) => Self::Listed,
            None => Self::Unlisted,
        }
    }

    /// For people. Whether something is missing is only known of those who are signed in.
    pub const fn label(self, signed_in: bool) -> &'static str {
        match self {
            Self::Installed => "Covered",
            Self::Missing if signed_in => "Missing",
            Self::Missing => "Can be installed",
            Self::Listed => "Not installable yet",
            Self::Unlisted => "Not listed",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Installed => class::TONE_OK,
            Self::Missing => class::TONE_WARN,
            Self::Listed | Self::Unlisted => class::TONE_STILL,
        }
    }
}
