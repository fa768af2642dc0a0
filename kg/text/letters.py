"""The letters of Vietnamese as character classes; `[à-ỹ]` is none of them (it holds capitals and other scripts)."""

from __future__ import annotations

# All small letters with and without tone marks, NFC.
SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
CAPITAL = "A-Z" + SMALL[3:].upper()
