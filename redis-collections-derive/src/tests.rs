//! The generated code of one struct, as `cargo expand` would show it.

use quote::quote;

use super::derive;

#[test]
fn a_struct_is_described_field_by_field() {
    let generated = derive(quote! {
        /// A player.
        #[redis(namespace = "game:player", version = 2, removed("rank"))]
        pub struct Player<T: Clone> {
            /// The full name.
            pub name: String,
            #[redis(rename = "coins", default = 7)]
            gold: i64,
            #[sync]
            #[redis(maxlen = 50)]
            inbox: VecDeque<T>,
            #[redis(skip)]
            cache: u8,
        }
    });

    let file = syn::parse2(generated).unwrap();
    insta::assert_snapshot!(prettyplease::unparse(&file));
}
