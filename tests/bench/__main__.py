"""`python -m tests.bench [NAME]`: run the measurements in bench_*.py, a line for each."""

import os
import sys
from pathlib import Path

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "cchc_portal.settings.test"

if __name__ == "__main__":
    wanted = ["-k", sys.argv[1]] if len(sys.argv) > 1 else []
    folder = str(Path(__file__).parent)
    sys.exit(pytest.main([folder, "-o", "python_files=bench_*.py", "-q", "-s", *wanted]))
