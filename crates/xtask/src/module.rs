//! The little of WebAssembly's binary format that ordering functions and naming imports takes.

use std::ops::Range;

const HEADER: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;
const CODE: u8 = 10;
/// The subsection of the name section that names functions.
const FUNCTION_NAMES: u8 = 1;
/// The kinds of imports; those of functions, tables, memories and globals come first.
const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;
/// The flag of a table or memory that has an upper limit.
const LIMITED: u8 = 1;

/// A module whose functions have been found.
pub(crate) struct Module<'a> {
    bytes: &'a [u8],
    /// The names of what it imports.
    imports: Vec<&'a str>,
    /// How many functions it imports; they come first in the count of functions.
    imported: usize,
    functions: Vec<Range<usize>>,
}

impl<'a> Module<'a> {
    /// Finds the functions; `None` where this is no module, or one that imports something rare.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut module = Self {
            bytes,
            imports: Vec::new(),
            imported: 0,
            functions: Vec::new(),
        };
        let mut reader = Reader::new(bytes.strip_prefix(HEADER)?);
        while !reader.rest.is_empty() {
            let kind = reader.byte()?;
            let content = reader.sized()?;
            match kind {
                IMPORT => (module.imports, module.imported) = imports(content)?,
                CODE => module.functions = bodies(bytes, content)?,
                _ => {}
            }
        }
        Some(module)
    }

    /// The names of what it imports, without those of their modules.
    pub(crate) fn imports(&self) -> impl Iterator<Item = &'a str> {
        self.imports.iter().copied()
    }

    /// The code of each function that is not imported.
    pub(crate) fn functions(&self) -> Vec<&'a [u8]> {
        let code = |range: &Range<usize>| &self.bytes[range.clone()];
        self.functions.iter().map(code).collect()
    }

    /// The module with each function named by its place in `order`, so that sorting by name puts
    /// it there. A module may have one section of names: this one should have none.
    pub(crate) fn named_by(&self, order: &[usize]) -> Vec<u8> {
        let mut places = vec![0; self.functions.len()];
        for (place, &function) in order.iter().enumerate() {
            places[function] = place;
        }
        let mut names = Vec::new();
        number(&mut names, places.len());
        for (function, place) in places.iter().enumerate() {
            number(&mut names, self.imported + function);
            sized(&mut names, format!("{place:08}").as_bytes());
        }
        let mut section = Vec::new();
        sized(&mut section, b"name");
        section.push(FUNCTION_NAMES);
        sized(&mut section, &names);
        let mut named = self.bytes.to_vec();
        named.push(CUSTOM);
        sized(&mut named, &section);
        named
    }
}

/// The names of all imports, and how many of them are functions.
fn imports(section: &[u8]) -> Option<(Vec<&str>, usize)> {
    let mut reader = Reader::new(section);
    let mut functions = 0;
    let mut names = Vec::new();
    for _ in 0..reader.number()? {
        reader.sized()?;
        names.push(std::str::from_utf8(reader.sized()?).ok()?);
        match reader.byte()? {
            FUNCTION => {
                functions += 1;
                reader.number()?;
            }
            TABLE => {
                reader.byte()?;
                reader.limits()?;
            }
            MEMORY => reader.limits()?,
            GLOBAL => {
                reader.byte()?;
                reader.byte()?;
            }
            _ => return None,
        }
    }
    Some((names, functions))
}

/// Where in `module` the function bodies of its code section are.
fn bodies(module: &[u8], section: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader::new(section);
    let count = reader.number()?;
    let body = |_| {
        let body = reader.sized()?;
        let start = body.as_ptr().addr() - module.as_ptr().addr();
        Some(start..start + body.len())
    };
    (0..count).map(body).collect()
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// An unsigned number in groups of seven bits, lowest first.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// How large a table or memory is at first, and at most.
    fn limits(&mut self) -> Option<()> {
        let flags = self.byte()?;
        self.number()?;
        if flags & LIMITED != 0 {
            self.number()?;
        }
        Some(())
    }

    /// As many bytes as the number before them says.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let size = self.number()?;
        let (content, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(content)
    }
}

fn number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

fn sized(to: &mut Vec<u8>, content: &[u8]) {
    number(to, content.len());
    to.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::{HEADER, Module, Reader, number};

    /// One imported function `a.b`, and two of its own.
    fn two_functions() -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        bytes.extend([2, 7, 1, 1, b'a', 1, b'b', 0, 0]);
        bytes.extend([10, 8, 2, 2, 0, 0x0b, 3, 0, 1, 0x0b]);
        bytes
    }

    #[test]
    fn functions_are_found_and_named_by_their_places() {
        let bytes = two_functions();
        let module = Module::read(&bytes).expect("a module");
        assert_eq!(module.functions(), [&[0, 0x0b][..], &[0, 1, 0x0b]]);
        let named = module.named_by(&[1, 0]);
        let added = &named[bytes.len()..];
        let expected = b"\x00\x1c\x04name\x01\x15\x02\x01\x0800000001\x02\x0800000000";
        assert_eq!(added, expected);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let bytes = two_functions();
        assert!(Module::read(&bytes[1..]).is_none());
        assert!(Module::read(&bytes[..bytes.len() - 1]).is_none());
        let mut imports_a_tag = bytes.clone();
        imports_a_tag[15] = 4;
        assert!(Module::read(&imports_a_tag).is_none());
    }

    #[test]
    fn imports_of_every_kind_are_named() {
        let mut bytes = HEADER.to_vec();
        let imports: [&[u8]; 5] = [
            &[4],
            &[1, b'a', 1, b't', 1, 0x70, 0, 3],
            &[1, b'a', 1, b'm', 2, 1, 18, 20],
            &[1, b'a', 1, b'g', 3, 0x7f, 1],
            &[1, b'a', 1, b'f', 0, 0],
        ];
        let section = imports.concat();
        bytes.extend([2, section.len() as u8]);
        bytes.extend(section);
        bytes.extend([10, 4, 1, 2, 0, 0x0b]);
        let module = Module::read(&bytes).expect("a module");
        assert!(module.imports().eq(["t", "m", "g", "f"]));
        // The first function of its own comes after the imported one.
        assert!(module.named_by(&[0]).ends_with(b"\x0b\x01\x01\x0800000000"));
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for expected in [0, 127, 128, 300, 1_000_000] {
            let mut bytes = Vec::new();
            number(&mut bytes, expected);
            assert_eq!(Reader::new(&bytes).number(), Some(expected));
        }
    }
}
