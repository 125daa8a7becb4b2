//! Any bytes as a compiled program with a right header and checksum: read or refused, and never misread as a crash.
#![no_main]

use leadscore::verify;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|program: &[u8]| {
    let sum = program.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    let header = [*b"LSP\x01", (program.len() as u32).to_le_bytes(), [0; 4], sum.to_le_bytes()];
    let _ = verify(&[&header.concat(), program].concat());
});
