//! Type-erased views that are small in the browser.

use leptos::prelude::{AnyView, IntoAny, RenderHtml};

/// Like `into_any`, for views that hold no router.
///
/// `into_any` compiles three ways to bring a view to life: built anew, taken over from the server at once, and taken over
/// while waiting for a route's code. Only a router needs the third, and it is by far the largest; this leaves it out.
pub trait Erase: RenderHtml + Sized {
    /// The view without its type.
    fn erase(self) -> AnyView;
}

#[cfg(not(all(feature = "hydrate", not(feature = "ssr"))))]
impl<T: RenderHtml + Send> Erase for T {
    fn erase(self) -> AnyView {
        self.into_any()
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
impl<T: RenderHtml + Send> Erase for T {
    fn erase(self) -> AnyView {
        browser::AtOnce(self).into_any()
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
mod browser {
    use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
    use leptos::tachys::html::attribute::Attribute;
    use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::view::{Position, PositionState};

    /// A view that is always taken over at once: it keeps the default `hydrate_async`, which calls `hydrate`.
    pub struct AtOnce<T>(pub T);

    impl<T: Render> Render for AtOnce<T> {
        type State = T::State;

        fn build(self) -> Self::State {
            self.0.build()
        }

        fn rebuild(self, state: &mut Self::State) {
            self.0.rebuild(state);
        }
    }

    impl<T: RenderHtml> AddAnyAttr for AtOnce<T> {
        type Output<A: Attribute> = AtOnce<T::Output<A>>;

        fn add_any_attr<A: Attribute>(self, attribute: A) -> Self::Output<A>
        where
            Self::Output<A>: RenderHtml,
        {
            AtOnce(self.0.add_any_attr(attribute))
        }
    }

    impl<T: RenderHtml> RenderHtml for AtOnce<T> {
        type AsyncOutput = Self;
        type Owned = AtOnce<T::Owned>;

        const MIN_LENGTH: usize = T::MIN_LENGTH;
        const EXISTS: bool = T::EXISTS;

        fn dry_resolve(&mut self) {
            self.0.dry_resolve();
        }

        async fn resolve(self) -> Self {
            self
        }

        fn to_html_with_buf(
            self,
            buf: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            extra_attrs: Vec<AnyAttribute>,
        ) {
            self.0.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
        }

        fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
            self.0.hydrate::<FROM_SERVER>(cursor, position)
        }

        fn into_owned(self) -> Self::Owned {
            AtOnce(self.0.into_owned())
        }
    }
}
