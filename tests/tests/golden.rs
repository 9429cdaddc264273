//! The bytes of each codec, pinned: data that is stored today is read by every later version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use redis_collections::{Bincode, Codec, Encode};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Sword {
    name: String,
    level: u8,
    owner: Option<Owner>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Owner(u64);

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Marker;

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Event {
    Quit,
    Said(String),
    Moved(i32, i32),
    Hit { by: u32, with: Box<Sword> },
}

fn encoded<T: ?Sized>(value: &T) -> Vec<u8>
where
    Bincode: Encode<T>,
{
    let mut bytes = Vec::new();
    Bincode::encode(value, &mut bytes).unwrap();
    bytes
}

#[track_caller]
fn pinned<T: Debug + PartialEq>(value: &T, bytes: &[u8])
where
    Bincode: Codec<T>,
{
    assert_eq!(encoded(value), bytes);
    assert_eq!(<Bincode as Codec<T>>::decode(bytes).unwrap(), *value);
}

#[test]
fn unsigned_integers_take_as_few_bytes_as_they_need() {
    pinned(&0_u64, &[0]);
    pinned(&250_u64, &[250]);
    pinned(&251_u64, &[251, 251, 0]);
    pinned(&u16::MAX, &[251, 255, 255]);
    pinned(&65_536_u32, &[252, 0, 0, 1, 0]);
    pinned(&(1_u64 << 32), &[253, 0, 0, 0, 0, 1, 0, 0, 0]);
    pinned(&250_usize, &[250]);
}

#[test]
fn signed_integers_alternate_around_zero() {
    pinned(&0_i64, &[0]);
    pinned(&-1_i64, &[1]);
    pinned(&1_i64, &[2]);
    pinned(&-126_i16, &[251, 251, 0]);
    pinned(&i32::MIN, &[252, 255, 255, 255, 255]);
    pinned(&i64::MAX, &[253, 254, 255, 255, 255, 255, 255, 255, 255]);
}

#[test]
fn integers_of_8_bits_are_one_byte() {
    pinned(&255_u8, &[255]);
    pinned(&-1_i8, &[255]);
    pinned(&-128_i8, &[128]);
}

#[test]
fn integers_of_128_bits_have_a_width_of_their_own() {
    pinned(&7_u128, &[7]);
    pinned(&u128::MAX, &[[254].as_slice(), &[255; 16]].concat());
    pinned(&i128::MIN, &[[254].as_slice(), &[255; 16]].concat());
    pinned(&(1_u128 << 64), &[254, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn floats_are_their_bits() {
    pinned(&1.5_f64, &[0, 0, 0, 0, 0, 0, 0xf8, 0x3f]);
    pinned(&-0.0_f32, &[0, 0, 0, 0x80]);
    pinned(&f64::INFINITY, &[0, 0, 0, 0, 0, 0, 0xf0, 0x7f]);
    pinned(&(f64::MIN_POSITIVE / 4.0), &[0, 0, 0, 0, 0, 0, 4, 0]);
}

#[test]
fn nan_and_negative_zero_keep_their_bits() {
    for bits in [0x7ff8_0000_0000_0001, 0xfff0_0000_0000_0abc, 0x8000_0000_0000_0000] {
        let bytes = encoded(&f64::from_bits(bits));

        assert_eq!(bytes, u64::to_le_bytes(bits));
        assert_eq!(<Bincode as Codec<f64>>::decode(&bytes).unwrap().to_bits(), bits);
    }
}

#[test]
fn bools_and_chars() {
    pinned(&false, &[0]);
    pinned(&true, &[1]);
    pinned(&'a', b"a");
    pinned(&'ß', &[0xc3, 0x9f]);
    pinned(&'🦀', &[0xf0, 0x9f, 0xa6, 0x80]);
}

#[test]
fn strings_follow_their_length() {
    pinned(&String::new(), &[0]);
    pinned(&"ada".to_string(), b"\x03ada");
    pinned(&"é".repeat(126), &[[251, 252, 0].as_slice(), "é".repeat(126).as_bytes()].concat());
}

#[test]
fn units_take_no_bytes() {
    pinned(&(), &[]);
    pinned(&Marker, &[]);
    pinned(&vec![(); 3], &[3]);
}

#[test]
fn options_begin_with_0_or_1() {
    pinned(&None::<u8>, &[0]);
    pinned(&Some(9_u8), &[1, 9]);
    pinned(&Some(None::<u8>), &[1, 0]);
    pinned(&Some(()), &[1]);
}

#[test]
fn tuples_and_arrays_have_no_length() {
    pinned(&(1_u8, "a".to_string(), -1_i32), b"\x01\x01a\x01");
    pinned(&[1_u16, 2, 300], &[1, 2, 251, 44, 1]);
    pinned(&[[1_u8, 2], [3, 4]], &[1, 2, 3, 4]);
}

#[test]
fn structs_are_their_fields_in_order() {
    pinned(&Owner(5), &[5]);
    pinned(&Sword { name: "x".into(), level: 3, owner: None }, &[1, b'x', 3, 0]);
    pinned(
        &Sword { name: String::new(), level: 0, owner: Some(Owner(251)) },
        &[0, 0, 1, 251, 251, 0],
    );
}

#[test]
fn enums_begin_with_the_position_of_the_variant() {
    let with = || Box::new(Sword { name: "x".into(), level: 3, owner: None });

    pinned(&Event::Quit, &[0]);
    pinned(&Event::Said("hi".into()), b"\x01\x02hi");
    pinned(&Event::Moved(-1, 1), &[2, 1, 2]);
    pinned(&Event::Hit { by: 4, with: with() }, &[3, 4, 1, b'x', 3, 0]);
}

#[test]
fn sequences_follow_their_length() {
    pinned(&Vec::<u32>::new(), &[0]);
    pinned(&vec![1_u32, 300], &[2, 1, 251, 44, 1]);
    pinned(&BTreeSet::from(["a".to_string(), "b".to_string()]), b"\x02\x01a\x01b");
}

#[test]
fn maps_are_pairs() {
    pinned(&BTreeMap::<u8, u8>::new(), &[0]);
    pinned(
        &BTreeMap::from([(1_u8, "a".to_string()), (2, "b".to_string())]),
        b"\x02\x01\x01a\x02\x01b",
    );
    pinned(
        &BTreeMap::from([("k".to_string(), vec![Some(1_u8), None])]),
        b"\x01\x01k\x02\x01\x01\x00",
    );
}

#[test]
fn bytes_are_written_in_one_piece_as_they_were_one_by_one() {
    let plain: Vec<u8> = (0..=255).collect();
    let stored = [[251, 0, 1].as_slice(), &plain].concat();

    pinned(&plain, &stored);
    pinned(&Vec::<u8>::new(), &[0]);
    assert_eq!(encoded(&(plain.clone(),)), stored);
    assert_eq!(encoded(plain.as_slice()), stored);
}

#[test]
fn a_borrowed_form_has_the_bytes_of_the_owned_one() {
    assert_eq!(encoded("ada"), encoded(&"ada".to_string()));
    assert_eq!(encoded([1_u32, 300].as_slice()), encoded(&vec![1_u32, 300]));
    assert_eq!(encoded([0_u8; 0].as_slice()), encoded(&Vec::<u8>::new()));
}

#[test]
fn encoding_appends_to_the_bytes() {
    let mut bytes = b"kept".to_vec();

    Bincode::encode("ada", &mut bytes).unwrap();
    assert_eq!(bytes, b"kept\x03ada");
}
