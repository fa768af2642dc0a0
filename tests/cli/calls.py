"""How tests of the command line call it, and an article for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

ARTICLE = (
    "Bình Định: Tổng kết phong trào thi đua năm 2018\n\n12/03/2019 08:15\n\n"
    "Sáng 12/3, Chủ tịch UBND tỉnh Bình Định Trần Văn Khải dự hội nghị tổng kết công tác thi đua. "
    "Dự lễ có bà Lê Thị Hoài Thu - Phó Bí thư Thường trực Tỉnh ủy Bình Định.\n"
)
PROGRAM = (sys.executable, "-c", "from kg.cli import main; main()")
