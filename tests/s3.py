"""A server on this machine that speaks S3, and buckets on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

moto = pytest.importorskip("moto.server", reason="it comes with the group `test`")

import boto3  # noqa: E402 - it comes with moto

__all__ = ["fresh_bucket", "running_server"]

#: Where AWS's tools find credentials; nothing outside this machine is asked.
_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def running_server() -> Iterator[str]:
    """Run the server, and let AWS's tools find it."""
    server = moto.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (_ENVIRONMENT | {"AWS_ENDPOINT_URL": address}).items():
            patch.setenv(name, value)
        yield address
    server.stop()


@contextmanager
def fresh_bucket(server: str) -> Iterator[Any]:
    """Create the bucket `news`, and remove it afterwards with all that is in it. What S3 tells of it is asked of the client."""
    client = boto3.client("s3", endpoint_url=server)
    client.create_bucket(Bucket="news")
    yield client
    for page in client.get_paginator("list_objects_v2").paginate(Bucket="news"):
        for found in page.get("Contents", []):
            client.delete_object(Bucket="news", Key=found["Key"])
    client.delete_bucket(Bucket="news")
    client.close()
