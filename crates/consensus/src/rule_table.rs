//! How the table of rules becomes an enum that explains itself.

/// Makes the closed enum and its texts from one table, so that neither can lack a row.
macro_rules! rules {
    ($(#[$doc:meta])* $rules:ident: $($variant:ident, $name:literal, $weight:literal, $source:literal:
        $sentence:literal, $because:literal;)*) => {
        $(#[$doc])*
        ///
        /// Each variant's doc is its sentence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $rules {
            $(#[doc = $sentence] $variant,)*
        }

        impl $rules {
            /// Every rule of the protocol.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }

        impl $crate::Explain for $rules {
            fn explanation(self) -> &'static $crate::Explanation {
                match self {
                    $(Self::$variant => const { &$crate::Explanation {
                        name: $crate::explain::told_name($name),
                        sentence: $sentence,
                        because: $because,
                        source: $source,
                        weight: $weight,
                    } },)*
                }
            }
        }
    };
}

pub(crate) use rules;
