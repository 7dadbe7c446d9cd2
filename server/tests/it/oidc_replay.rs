//! Signing in with an issuer that signs: what is used once is worth nothing afterwards, and a token for somebody or
//! something else is refused. What a callback must prove before the issuer is asked is in `sign_in`.

use crate::harness::{Answer, App, Browser, Options, Reply, Upstream};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenClaims, CoreIdTokenFields, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
    CoreRsaPrivateSigningKey, CoreTokenResponse, CoreTokenType,
};
use openidconnect::{
    AccessToken, Audience, EmptyAdditionalClaims, EmptyExtraTokenFields, EndUserEmail, IssuerUrl, JsonWebKeyId, Nonce,
    PrivateSigningKey, StandardClaims, SubjectIdentifier,
};
use serde_json::json;
use server::sign_in_config::{Issuer, SignInConfig};
use std::time::{Duration, SystemTime};

on_both!(
    a_good_answer_signs_in,
    a_callback_is_good_once,
    a_token_from_another_sign_in_is_refused,
    a_token_without_a_nonce_is_refused,
    a_token_for_another_client_is_refused,
    a_token_of_another_issuer_is_refused,
    an_expired_token_is_refused,
    a_token_that_another_key_signed_is_refused,
    a_session_from_before_the_sign_in_is_worth_nothing,
    an_address_that_nobody_vouches_for_is_not_verified,
);

/// Signs for the tests, and protects nothing.
const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAwdMiz5GCIKWRRTlZqV9sqIZ3ytBlBVq1cdV2xitzLMW+bB1u
vC3qBpSccYbrfJ+QfHpS/ilHWHa4ZxC7KC5z+hxnBGPc+V2cixD9/l6cEFi3rL0M
X8+zBV0JVtGmla53rPA2vEsv6DyJFV+Rbxmd2b2TcAbiNutUsCtX/s+7E3J1Oaga
jIlW8prfI4jm4RaNY9Lm3GR/Vnp369Xn5onpwAZxBCf4hR239z+496Cm4AbyRz4l
5MdyA78smm7TkGq3hFoEYg3El+aQ/XVLISJNWog8e6T/ey5fW1DEpG1byScgUYCA
tPB2j2WVrSdoK8C+/ufTEN94HIfmQ12eGnMtbQIDAQABAoIBACnieK4OxWZNKRqi
tU283YQAhPAKvx3cV4PpK3DREGNPOyJtbNHVATLZWAJPc+F7MNO5cmhSnsSO6TP6
gVtCSJU2oItqEiVAFbVWn3Ch3MtKhKybMMqenVLOI1fD1+IWMO3p/gYMIGbo9/2q
qIiv6jTUuwD1N9rC2Yr1Xt9lYAmoLLkEhUSCzUfcF3eCm+drEuN1G50noGVfqyl3
voFk0hRn6eXgGsLrdU85O0GsLE14vjDKDYRyp0gIi23WcrvOmKXpVAa8mbtVkTfs
dAfvUBrISYs9Agr+oQ4RyztFueEAPV9i1Dn44KnO+ce1t2O+9pNsNekfXYygUSar
KW10yOkCgYEA5nsk/VUhtFtzul1BE1FnrnRTNuaPyYm1YFce1ODGFGnIARq6pVFS
9zZSqqRrFKoCTJYe+Mi7xmWRKGzP2BnJIlAkU7uAjm7gel1mcLKguA2hu/q/jgQn
OSKmniL5B8UFWZjmIzPF46Df2MIYY3pCbfAr5tc+mOQ1bHQYWlblTOkCgYEA10j9
XhUXIuyXrQEQJg+HD7tTiz4izrxsXUROBAoTJKyCHjqrrAT3UfvXFtTl/bLbMzXG
Nopykv18OnH13Uao8x+TfkMOyqKQGponLPXvopNeNLNNBiDXhs7c25njw+98m2dX
mmumMd46jF3bNu/XSoChtxojn4rJz16Ds+gZueUCgYBfmAfZguu90IiJbZBGIOdt
9hVlme9dWd5+nOPOy4Och9tKifmMA9Tzb/aNjDBVm8XkWgdyjF9FhG7WY3s5WEiS
EMdga06AxQAaAI8ygwQiEpVYUEIO9y4Fhpew0zSSwmbbqI0bYKfdJ6ZwUuCmsdjH
nGu5DOGLrGt0FhrbrVrhsQKBgQDJUHO9WrN78QoUuX3EWZjO2TlSaBRchk4/GPRr
SpCEJty2L98AyNQNUhbcPtGi33Gi/ZIQxn5FfcyBSrfC56RtVQWzeDmIu2NNvQEN
Rh2ERZI+bbyFEoj4gtB8efdG7dfz6js9J5UN5OWTBOFNChKklIykkEjnk/0LcTJv
NYd5EQKBgQC5zyVvfEczRnLFODgp+f9iiSV/+AUowuJ9gNbiCVuM/PTuGxDTLmUR
Wejf/hSB2LMe3fHffZBI3EYKZk/tzDcin98Zl2r5J18IGzb1ndn7jOcZJz/fVl/W
/FzcMCY8ets0manMHxRRFNlzc3dXDn7TH9KT9zDudunsbtSrjPl0jQ==
-----END RSA PRIVATE KEY-----";

/// Signs too, but is not the issuer's.
const OTHER_KEY: &str = "-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAuCP7rPchcO3KA51GJwTw07gGmS1QWLwnvedOVRKLyfu/L7yd
lqzsNlRpPG8OT5n7bqfA/BcYD7/W+eKyZPoMoHu1UNZ/KipKD7jSLdJHwd59dwcw
zGe9l0pvTicGr/t4DXBwYOz2ESB2hZBPwgjJkHronSUe4690ZyXuUWbpjdFM/zKf
svKug3164VtgzOY3j6WAFntMLr58z8YxVp7H9lPjv5mCpopE+d8J6KluxPbdH8ZK
ArCoy2ek8iGKlTkMb2bA3XyYOjgZevmmmqWMBOsgwNXcMmYOS+SMn/6uHCa2Pjc9
NoXgqC0Irhg7Z0mRS2K0BIJek9x2ImYsj7L4zwIDAQABAoIBAA61O70CYEwXh4iS
X1rD15iRnQqkcUPP2Od05O+BSQ5xFUGdhy4p0b7lLyKsnDAE1JhvaHK6RX8R4PyZ
/DXPOIL5CUUpB4SOrCu6pM8UJLck1lCo5QpD9FjJO+q6I0abMhOgui6DvtkksVLU
cV/GOT4DveC6E6WMC3gnB3S+YO6leNLxsbwmitkSEGc8m00jhvaY3ZLT0bEocfGi
GhEeOxxkbxEF2plo6HTpriUHwP1hJZFb+TJZLfiFTwI3QVBrIimskWAZFYDZ4H6J
z93JE8Sal86W+FnZx182466mKp6lK8KIgj5W1bKOJ8ZdBh5nURt2pvnXiijtausS
h6dh44ECgYEA9lLoWSrbkgxpLKg2dHjXztGi+v4PPmzvbcAUyKU1oTswpTKq2BMZ
qfrX+sAssOpeoe0HtjvM/ghWumDZanT1FD0sg59Hl39TZ+dnjHIO/tThyNPe/3GW
flBRmy74UabFdPSVgZrtV+wVKSqZcPEPKJkBiy1UJVV1lGe9w3MJYGkCgYEAv1++
xBgNYRTEz+uQhRYq5jnHoVhBlDrbjqI1mMnIiXSbUM1gVuMUtCRZ+4dmaFAfUzO2
Xd4/VN4IEjx30HW6pjE/C7gFx8aHxilNUoQ41tqQ4yYDsc6pKUylMI0ag1jUbBPS
y5MQ9+ii6NAS2dA1N2Uv3+psftx7j0jNUIA46HcCgYEAkDzsIYqfGF58F9JIUNuS
Q2Eudpregkd3zGR1xyg2xzrJuXJ56B0HIino3sQ5Zz9WOqt5oJRT7U0ku+6KYXQr
LrbDoi9a1LOSO32dfPgtH7u4msi2BA6XeU+++Yf/kJB/f4TZJxN5d8qeeYSgZSpD
Hhq6dK0OYO4x87zruc9a5kECgYBiXb5aYNqPqfM3xCc2oRxP1icsYYbjwBUWjX3r
GNzA+nTS5Z29S19a8Mxno0MaHwTa6Vu1iAUZhD610Ors9XaI8gsr5NzjwMINMzGR
VnE4zoNmniWMAWOl3MWT3RNhrAkTvGS/SsqQAr2p2Tm3R3PzE0m2WHKICqBgF9Wg
qSeXJQKBgQC4/GKJgY4ibBrn/2ukbBk4vPIW2V0uSo5Icwq/SITei7OR4E8zpIeD
isG3jBrjwhA5iNWn5Owq+V01BdEDq6t03E9VONpqp4aLpH/qrp+kXACDhG95wvcr
rnIfque30KNU+0gmIJgLU0SS91h0dsHCK9glcQPdCUPkuOufmVPegw==
-----END RSA PRIVATE KEY-----";

const CLIENT: &str = "marketplace";

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("k1".to_owned()))).unwrap()
}

/// An issuer that says where its keys are.
async fn issuer() -> Upstream {
    let upstream = Upstream::start().await;
    let document = json!({
        "issuer": upstream.url,
        "authorization_endpoint": format!("{}/authorize", upstream.url),
        "token_endpoint": format!("{}/token", upstream.url),
        "jwks_uri": format!("{}/jwks", upstream.url),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    let keys = CoreJsonWebKeySet::new(vec![key(KEY).as_verification_key()]);
    upstream.answer("GET /.well-known/openid-configuration", Reply::with(200, &document.to_string()));
    upstream.answer("GET /jwks", Reply::with(200, &serde_json::to_string(&keys).unwrap()));
    upstream
}

async fn node(app: &App, url: &str) -> App {
    let issuer = Issuer {
        key: "corporate".to_owned(),
        name: "Northwind SSO".to_owned(),
        issuer: url.to_owned(),
        client_id: CLIENT.to_owned(),
        client_secret: None,
    };
    app.node(Options {
        sign_in: SignInConfig { issuers: vec![issuer], github: None },
        demo: false,
        ..Options::default()
    })
    .await
}

/// What the issuer says in its next token.
struct Says<'a> {
    issuer: &'a str,
    audience: &'a str,
    nonce: Option<String>,
    key: &'a str,
    /// Seconds from now.
    expires: i64,
    email_verified: bool,
}

impl<'a> Says<'a> {
    fn good(issuer: &'a str, nonce: &str) -> Self {
        let nonce = Some(nonce.to_owned());
        Self { issuer, audience: CLIENT, nonce, key: KEY, expires: 300, email_verified: true }
    }

    /// From now on the issuer answers a code with this.
    #[allow(clippy::disallowed_methods, reason = "the library compares tokens with the system's clock")]
    fn to(&self, upstream: &Upstream) {
        let now = SystemTime::now();
        let expires = if self.expires >= 0 {
            now + Duration::from_secs(self.expires.unsigned_abs())
        } else {
            now - Duration::from_secs(self.expires.unsigned_abs())
        };
        let subject = StandardClaims::new(SubjectIdentifier::new("ada".to_owned()))
            .set_email(Some(EndUserEmail::new("ada@corporate.example".to_owned())))
            .set_email_verified(Some(self.email_verified))
            .set_name(Some(openidconnect::EndUserName::new("Ada Corporate".to_owned()).into()));
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(self.issuer.to_owned()).unwrap(),
            vec![Audience::new(self.audience.to_owned())],
            expires.into(),
            (now - Duration::from_mins(10)).into(),
            subject,
            EmptyAdditionalClaims {},
        )
        .set_nonce(self.nonce.clone().map(Nonce::new));
        let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
        let token = CoreIdToken::new(claims, &key(self.key), algorithm, None, None).unwrap();
        let fields = CoreIdTokenFields::new(Some(token), EmptyExtraTokenFields {});
        let response = CoreTokenResponse::new(AccessToken::new("access".to_owned()), CoreTokenType::Bearer, fields);
        upstream.answer("POST /token", Reply::with(200, &serde_json::to_string(&response).unwrap()));
    }
}

/// A sign-in that a browser began: state and nonce, as the issuer learns them.
async fn begin(browser: &mut Browser<'_>) -> (String, String) {
    let answer = browser.post("/auth/corporate/start", &[("return_to", "/installed")]).await;
    let address = answer.refreshes_to();
    browser.keep_cookies(&answer);
    let of = |name: &str| address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    (of("state"), of("nonce"))
}

async fn call_back(browser: &Browser<'_>, state: &str) -> Answer {
    browser.get(&format!("/auth/corporate/callback?state={state}&code=the-code")).await
}

#[track_caller]
fn refused(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.cookie("session")), (303, None), "{answer:?}");
    assert!(answer.location().contains(&format!("error={code}")), "{answer:?}");
}

/// Begins a sign-in and comes back while the issuer says this; `change` makes it wrong.
async fn comes_back(app: &App, change: impl FnOnce(&mut Says<'_>)) -> Answer {
    let upstream = issuer().await;
    let node = node(app, &upstream.url).await;
    let mut browser = node.visitor();
    let (state, nonce) = begin(&mut browser).await;
    let mut says = Says::good(&upstream.url, &nonce);
    change(&mut says);
    says.to(&upstream);
    call_back(&browser, &state).await
}

async fn a_good_answer_signs_in(app: &App) {
    let answer = comes_back(app, |_| {}).await;
    assert_eq!((answer.status, answer.location()), (303, "/installed"), "{answer:?}");
    let mut browser = app.visitor();
    browser.keep_cookies(&answer);
    assert_eq!(browser.viewer().await["name"], "Ada Corporate");
}

async fn a_callback_is_good_once(app: &App) {
    let upstream = issuer().await;
    let node = node(app, &upstream.url).await;
    let mut browser = node.visitor();
    let (state, nonce) = begin(&mut browser).await;
    Says::good(&upstream.url, &nonce).to(&upstream);
    assert_eq!(call_back(&browser, &state).await.location(), "/installed");
    let asked = upstream.seen().len();
    // The same address again, in the same browser and in one that took over its cookies.
    refused(&call_back(&browser, &state).await, "expired");
    let mut thief = node.visitor();
    thief.cookies.clone_from(&browser.cookies);
    refused(&call_back(&thief, &state).await, "expired");
    assert_eq!(upstream.seen().len(), asked, "the code is not sent again");
    assert_eq!(app.scratch.number("SELECT COUNT(*) FROM session").await, 1);
}

async fn a_token_from_another_sign_in_is_refused(app: &App) {
    let upstream = issuer().await;
    let node = node(app, &upstream.url).await;
    let mut victim = node.visitor();
    let (state, nonce) = begin(&mut victim).await;
    Says::good(&upstream.url, &nonce).to(&upstream);
    assert_eq!(call_back(&victim, &state).await.location(), "/installed");
    // Somebody else's sign-in is answered with the token that was good a moment ago, as with a stolen code.
    let mut thief = node.visitor();
    let (state, other) = begin(&mut thief).await;
    assert_ne!(nonce, other);
    refused(&call_back(&thief, &state).await, "failed");
}

async fn a_token_without_a_nonce_is_refused(app: &App) {
    refused(&comes_back(app, |says| says.nonce = None).await, "failed");
}

async fn a_token_for_another_client_is_refused(app: &App) {
    refused(&comes_back(app, |says| says.audience = "another-site").await, "failed");
}

async fn a_token_of_another_issuer_is_refused(app: &App) {
    refused(&comes_back(app, |says| says.issuer = "https://evil.example").await, "failed");
}

async fn an_expired_token_is_refused(app: &App) {
    refused(&comes_back(app, |says| says.expires = -60).await, "failed");
}

async fn a_token_that_another_key_signed_is_refused(app: &App) {
    refused(&comes_back(app, |says| says.key = OTHER_KEY).await, "failed");
}

/// Session fixation: what somebody planted before, or knew before, is not what is signed in.
async fn a_session_from_before_the_sign_in_is_worth_nothing(app: &App) {
    let upstream = issuer().await;
    let node = node(app, &upstream.url).await;
    let mut browser = node.visitor();
    let (state, nonce) = begin(&mut browser).await;
    Says::good(&upstream.url, &nonce).to(&upstream);
    browser.keep_cookies(&call_back(&browser, &state).await);
    let known = browser.session().to_owned();
    let (state, nonce) = begin(&mut browser).await;
    Says::good(&upstream.url, &nonce).to(&upstream);
    browser.keep_cookies(&call_back(&browser, &state).await);
    assert_ne!(browser.session(), known);
    let mut thief = node.visitor();
    thief.cookies.insert("session".to_owned(), known);
    assert_eq!(thief.viewer().await, serde_json::Value::Null);
    thief.cookies.insert("session".to_owned(), "planted".to_owned());
    let (state, nonce) = begin(&mut thief).await;
    Says::good(&upstream.url, &nonce).to(&upstream);
    let answer = call_back(&thief, &state).await;
    assert!(!answer.cookie("session").unwrap().starts_with("session=planted"), "{answer:?}");
}

async fn an_address_that_nobody_vouches_for_is_not_verified(app: &App) {
    for (verified, subject) in [(false, "FALSE"), (true, "TRUE")] {
        assert_eq!(comes_back(app, |says| says.email_verified = verified).await.status, 303);
        let stored =
            format!("SELECT COUNT(*) FROM person WHERE email LIKE 'ada@corporate%' AND email_verified = {subject}");
        assert_eq!(app.scratch.number(&stored).await, 1, "verified: {verified}");
    }
}
