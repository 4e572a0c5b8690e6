//! As much of ELF as it takes to find sections and what is loaded: 32 bits, low byte first, as the images are.

/// The size of the first section with this name; `None` if there is none, or the file is another kind.
pub fn read_section_size(file: &[u8], name: &str) -> Option<u32> {
    check_kind(file)?;
    let table = read_word(file, 0x20)?;
    let entry_size = read_half(file, 0x2e)?;
    let section = |index: u32| table.checked_add(index.checked_mul(entry_size)?);
    let names = read_word(file, section(read_half(file, 0x32)?)?.checked_add(16)?)?;
    (0..read_half(file, 0x30)?).find_map(|index| {
        let header = section(index)?;
        let start = names.checked_add(read_word(file, header)?)? as usize;
        let found = file.get(start..)?.split(|byte| *byte == 0).next()?;
        if found == name.as_bytes() { read_word(file, header.checked_add(20)?) } else { None }
    })
}

/// How many bytes of flash the file fills, from the first loaded byte to the last: code, constants, and the
/// values of statics, which start-up code copies to RAM.
pub fn read_loaded_size(file: &[u8]) -> Option<u32> {
    const LOAD: u32 = 1;
    check_kind(file)?;
    let table = read_word(file, 0x1c)?;
    let entry_size = read_half(file, 0x2a)?;
    let (mut first, mut end) = (u32::MAX, 0);
    for index in 0..read_half(file, 0x2c)? {
        let header = table.checked_add(index.checked_mul(entry_size)?)?;
        let address = read_word(file, header.checked_add(12)?)?;
        let size = read_word(file, header.checked_add(16)?)?;
        if read_word(file, header)? == LOAD && size > 0 {
            first = first.min(address);
            end = end.max(address.checked_add(size)?);
        }
    }
    end.checked_sub(first)
}

fn check_kind(file: &[u8]) -> Option<()> {
    file.starts_with(b"\x7fELF\x01\x01").then_some(())
}

fn read_word(file: &[u8], offset: u32) -> Option<u32> {
    let bytes = file.get(offset as usize..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn read_half(file: &[u8], offset: u32) -> Option<u32> {
    let bytes = file.get(offset as usize..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes).into())
}
