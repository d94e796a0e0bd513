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

            /// What each of them says of itself, in the same order, with its words whatever the
            /// features.
            pub const EXPLANATIONS: &'static [$crate::Explanation] = &[$($crate::Explanation {
                name: $crate::explain::told($name),
                sentence: $sentence,
                because: $because,
                source: $source,
                weight: $weight,
            },)*];
        }

        impl $crate::Explain for $rules {
            fn explanation(self) -> &'static $crate::Explanation {
                match self {
                    $(Self::$variant => const { &$crate::Explanation {
                        name: $crate::explain::told($name),
                        sentence: $crate::explain::told($sentence),
                        because: $crate::explain::told($because),
                        source: $crate::explain::told($source),
                        weight: $weight,
                    } },)*
                }
            }

            fn place(self) -> u16 {
                self as u16
            }
        }
    };
}

pub(crate) use rules;
