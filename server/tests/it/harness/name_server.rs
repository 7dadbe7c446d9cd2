//! A name server with the records that the test publishes.

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::TXT;
use hickory_proto::rr::{RData, Record};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::UdpSocket;

/// The server.
pub struct NameServer {
    /// Where it listens, by UDP.
    pub address: SocketAddr,
    records: Arc<Mutex<HashMap<String, Vec<String>>>>,
}

impl NameServer {
    /// Starts one without records.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let records = Arc::<Mutex<HashMap<String, Vec<String>>>>::default();
        let shared = Arc::clone(&records);
        tokio::spawn(async move {
            let mut buffer = [0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let answer = answer(&shared, &buffer[..length]);
                socket.send_to(&answer, from).await.unwrap();
            }
        });
        Self { address, records }
    }

    /// Publishes a TXT record, beside the ones that are there.
    pub fn publish(&self, name: &str, text: &str) {
        self.records.lock().unwrap().entry(format!("{name}.")).or_default().push(text.to_owned());
    }
}

fn answer(records: &Mutex<HashMap<String, Vec<String>>>, question: &[u8]) -> Vec<u8> {
    let question = Message::from_vec(question).unwrap();
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    let query = question.queries[0].clone();
    let name = query.name().clone();
    answer.add_query(query);
    match records.lock().unwrap().get(&name.to_string()) {
        None => answer.metadata.response_code = ResponseCode::NXDomain,
        Some(texts) => {
            for text in texts {
                // A long text is sent in several strings, as real zones hold it.
                let parts = text.as_bytes().chunks(20).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
                answer.add_answer(Record::from_rdata(name.clone(), 60, RData::TXT(TXT::new(parts))));
            }
        }
    }
    answer.to_vec().unwrap()
}
