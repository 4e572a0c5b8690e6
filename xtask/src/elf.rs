//! As much of ELF as it takes to find a section: 32 bits, low byte first, as the images are.

/// The size of the first section with this name; `None` if there is none, or the file is another kind.
pub fn read_section_size(file: &[u8], name: &str) -> Option<u32> {
    if !file.starts_with(b"\x7fELF\x01\x01") {
        return None;
    }
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

fn read_word(file: &[u8], offset: u32) -> Option<u32> {
    let bytes = file.get(offset as usize..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn read_half(file: &[u8], offset: u32) -> Option<u32> {
    let bytes = file.get(offset as usize..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes).into())
}
