"""`kg build --engine spark` as a file that `spark-submit` takes; its arguments are those of `kg build`.

spark-submit --master URL [SETTINGS] "$(python -c 'import kg.cli.job as job; print(job.__file__)')" INPUT… -o DIR
"""

from __future__ import annotations

import sys

from kg.cli.app import cli

if __name__ == "__main__":
    cli.main(["build", "--engine", "spark", *sys.argv[1:]], prog_name="kg")
