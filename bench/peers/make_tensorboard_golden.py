"""Records of an event file as TensorBoard writes them: python bench/peers/make_tensorboard_golden.py > test/golden/tensorboard.json

Needs pip's tensorboard.
"""

import io
import json

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def record(**fields):
    out = io.BytesIO()
    RecordWriter(out).write(event_pb2.Event(**fields).SerializeToString())
    return out.getvalue().hex()


def summary(**scalars):
    value = summary_pb2.Summary.Value
    return summary_pb2.Summary(value=[value(tag=tag, simple_value=x) for tag, x in scalars.items()])


start = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
print(
    json.dumps(
        {
            "fileVersion": record(wall_time=1.5, file_version="brain.Event:2"),
            "sessionStart": record(wall_time=1.5, step=2**40 + 300, session_log=start),
            "scalars": record(
                wall_time=2.25,
                step=300,
                summary=summary(
                    **{
                        "training/meanReturn": 0.1,
                        "agent/größe": -3,
                        "evaluation/minReturn": 1.5e10,
                    }
                ),
            ),
        },
        indent=2,
    )
)
