"""Signs pictures with content credentials, by certificates made for the test."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

JPEG = "image/jpeg"
CAPTURE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


@dataclass(frozen=True)
class Authority:
    """A certificate authority and what it certifies: PEM of its own, chain and key of a signer."""

    root: str
    chain: str
    key: str
    clock: str
    clock_key: str


@contextmanager
def time_stamps(by: Authority, folder: Path) -> Iterator[str]:
    """The address of a time-stamping authority on this machine, answered by ``openssl ts``."""
    for file, text in (("root.pem", by.root), ("c.pem", by.clock), ("k.pem", by.clock_key)):
        (folder / file).write_text(text)
    (folder / "serial").write_text("01")
    (folder / "ts.cnf").write_text(
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\n"
        "signer_cert=c.pem\ncerts=root.pem\nsigner_key=k.pem\nsigner_digest=sha256\n"
        "default_policy=1.2.3.4\ndigests=sha256,sha384,sha512\nordering=yes\ntsa_name=yes\n"
        "ess_cert_id_chain=no\ness_cert_id_alg=sha256\n"
    )

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "asked.tsq").write_bytes(asked)
            reply = subprocess.run(
                ["openssl", "ts", "-reply", "-config", "ts.cnf", "-queryfile", "asked.tsq"],
                cwd=folder,
                capture_output=True,
                check=True,
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply.stdout)))
            self.end_headers()
            self.wfile.write(reply.stdout)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def name(words: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, words),
            x509.NameAttribute(NameOID.COMMON_NAME, words),
        ]
    )


def certificate(
    subject: str,
    key: Any,
    issuer: str,
    issuer_key: Any,
    usage: x509.ObjectIdentifier | None = None,
) -> x509.Certificate:
    """An authority's own where it has no particular ``usage``."""
    is_authority = usage is None
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                content_commitment=False,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if usage is not None:
        stamps = usage == ExtendedKeyUsageOID.TIME_STAMPING
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=stamps)
    return builder.sign(issuer_key, hashes.SHA256())


def authority(words: str = "Test Authority") -> Authority:
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate(words, root_key, words, root_key)
    leaf = certificate("Test Desk", key, words, root_key, ExtendedKeyUsageOID.EMAIL_PROTECTION)
    clock_key = ec.generate_private_key(ec.SECP256R1())
    clock = certificate("Clock", clock_key, words, root_key, ExtendedKeyUsageOID.TIME_STAMPING)
    pem = serialization.Encoding.PEM
    root_pem = root.public_bytes(pem).decode()
    chain, clock_pem = leaf.public_bytes(pem).decode() + root_pem, clock.public_bytes(pem).decode()
    return Authority(root_pem, chain, private(key), clock_pem, private(clock_key))


def private(key: Any) -> str:
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, pkcs8, plain).decode()


def signed(
    picture: bytes, by: Authority, parent: bytes | None = None, clock: str | None = None
) -> bytes:
    """The JPEG with credentials; ``parent`` is the JPEG that it says it was made from."""
    info = c2pa.C2paSignerInfo(
        alg=c2pa.C2paSigningAlg.ES256,
        sign_cert=by.chain.encode(),
        private_key=by.key.encode(),
        ta_url=clock.encode() if clock else None,
    )
    first = {"action": "c2pa.created", "digitalSourceType": CAPTURE}
    actions = [{"action": "c2pa.edited"}] if parent else [first]
    manifest = {
        "claim_generator_info": [{"name": "Test Editor", "version": "1.2"}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": actions}}],
    }
    into = BytesIO()
    builder = c2pa.Builder.from_json(json.dumps(manifest))
    if parent is not None:
        told = json.dumps({"title": "before.jpg", "relationship": "parentOf"})
        builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
        builder.add_ingredient(told, JPEG, BytesIO(parent))
    builder.sign(c2pa.Signer.from_info(info), JPEG, BytesIO(picture), into)
    return into.getvalue()
