"""What `kg query` and `kg stats` say, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from kg.language import Bilingual

_SAYS: Final[dict[str, tuple[str, str]]] = {
    # problems of a query
    "update": (
        "Truy vấn chỉ được đọc: các lệnh cập nhật (INSERT, DELETE, LOAD …) bị từ chối.",
        "Queries are read-only: updates (INSERT, DELETE, LOAD …) are refused.",
    ),
    "service": (
        "SERVICE bị từ chối: truy vấn chỉ đọc đồ thị đã cho, không gọi ra mạng.",
        "SERVICE is refused: a query reads the graph it is given and does not call the network.",
    ),
    "from": (
        "FROM <{found}> bị từ chối: đồ thị không có phần nào tên ấy, và truy vấn không mở tệp hay địa chỉ nào khác.",
        "FROM <{found}> is refused: the graph has no part of that name, and a query opens no other file or address.",
    ),
    "too_long": (
        "Truy vấn dài {length} ký tự, quá mức {limit}.",
        "The query has {length} characters; {limit} are allowed.",
    ),
    "escape": (
        "Truy vấn viết một ký tự ASCII bằng mã {found}.",
        "The query writes an ASCII character as {found}.",
    ),
    "control": (
        "Truy vấn chứa ký tự điều khiển {found}.",
        "The query holds the control character {found}.",
    ),
    "nested": ("Truy vấn lồng nhau quá sâu.", "The query is nested too deeply."),
    "unchecked": (
        "Không kiểm tra được truy vấn này có an toàn không, nên nó không được chạy.",
        "This query cannot be checked for safety, so it is not run.",
    ),
    "bracket_open": ("“{found}” mở mà không đóng.", "“{found}” is opened and not closed."),
    "bracket_extra": ("“{found}” thừa: không có gì đang mở.", "“{found}” closes nothing: no bracket is open."),
    "bracket_other": (
        "Gặp “{found}” khi “{open}” còn mở: cần “{close}” trước.",
        "“{found}” stands where “{open}” is still open: “{close}” must come first.",
    ),
    "string_open": (
        "Chuỗi mở bằng {found} không đóng trên dòng này.",
        "The string opened by {found} is not closed on this line.",
    ),
    "end": ("Truy vấn kết thúc khi chưa trọn.", "The query ends too early."),
    "prefix": ("Tiền tố “{found}” chưa được khai báo.", "The prefix “{found}” is not declared."),
    "token": ("Không hiểu “{found}” ở chỗ này.", "“{found}” cannot stand here."),
    "meaning": (
        "Truy vấn đúng cú pháp nhưng vô nghĩa: {reason}.",
        "The parts of the query do not go together: {reason}.",
    ),
    "too_large": ("Kết quả lớn hơn {limit} MB.", "The result is larger than {limit} MB."),
    "memory": (
        "Truy vấn cần nhiều bộ nhớ hơn mức cho phép.",
        "The query needs more memory than it may use.",
    ),
    "time": (
        "Truy vấn chạy quá {seconds} giây và đã bị dừng.",
        "The query ran longer than {seconds} s and was stopped.",
    ),
    "died": (
        "Tiến trình trả lời truy vấn dừng đột ngột (mã {reason}).",
        "The process that answers queries ended unexpectedly (status {reason}).",
    ),
    "engine": ("Máy truy vấn báo lỗi: {reason}.", "The query engine reports: {reason}."),
    "graph": ("{path}: không đọc được đồ thị: {reason}.", "{path}: the graph cannot be read: {reason}."),
    # hints
    "hint_bracket_open": ("thêm “{close}” để đóng nó", "add “{close}” to close it"),
    "hint_end": (
        "viết nốt, ví dụ SELECT ?x WHERE {{ ?x a schema:Person }}",
        "go on, for example SELECT ?x WHERE {{ ?x a schema:Person }}",
    ),
    "hint_empty": (
        "truy vấn rỗng; xem các truy vấn có sẵn: kg query --list",
        "the query is empty; see the named queries: kg query --list",
    ),
    "hint_near": ("có phải bạn muốn viết {near}?", "did you mean {near}?"),
    "hint_form": (
        "truy vấn bắt đầu bằng {near}, hoặc tên một truy vấn có sẵn (kg query --list)",
        "a query begins with {near}; or give a named query (kg query --list)",
    ),
    "hint_before": (
        "xem lại chỗ ngay trước: có thể thiếu một từ, dấu chấm hay ngoặc, hoặc biến của BIND … AS đã có giá trị",
        "look at what stands before: a term, a dot or a bracket may be missing, or the variable of BIND … AS is in use",
    ),
    "hint_prefix_near": ("có phải bạn muốn viết {near}?", "did you mean {near}?"),
    "hint_prefix_declare": ("thêm ở đầu: PREFIX {found} <địa chỉ>", "add at the beginning: PREFIX {found} <address>"),
    "hint_escape": ("viết thẳng ký tự ấy", "write the character itself"),
    "hint_from": ("bỏ FROM, hoặc chọn tệp bằng --graph", "leave FROM out, or choose the file with --graph"),
    "hint_too_large": ("thêm LIMIT, hoặc hỏi hẹp hơn", "add LIMIT, or ask for less"),
    "hint_too_long_run": (
        "hỏi hẹp hơn (các mẫu không chung biến nhân số dòng lên), thêm LIMIT, hoặc tăng --limit-time",
        "ask for less (patterns without a common variable multiply the rows), add LIMIT, or raise --limit-time",
    ),
    "hint_graph": (
        "tạo lại đồ thị bằng kg build, hoặc chọn tệp khác bằng --graph",
        "build the graph again with kg build, or choose another file with --graph",
    ),
    "place": ("dòng {line}, cột {column}", "line {line}, column {column}"),
    # which query, which graph
    "unknown_name": ("Không có truy vấn tên “{name}”.", "There is no query named “{name}”."),
    "hint_list": ("xem các truy vấn có sẵn: kg query --list", "see the named queries: kg query --list"),
    "unreadable": ("{path}: không đọc được: {reason}.", "{path}: cannot be read: {reason}."),
    "no_graph": ("{path}: không có đồ thị ở đây.", "{path}: there is no graph here."),
    "hint_build": (
        "tạo đồ thị: kg build; hoặc chọn tệp bằng --graph",
        "make one with kg build, or choose a file with --graph",
    ),
    "suffix": ("{path}: đuôi tệp này không phải của đồ thị.", "{path}: no graph format has this suffix."),
    "hint_suffix": ("dùng một trong {known}", "use one of {known}"),
    "format_rows": (
        "Định dạng {format} dành cho bảng kết quả; truy vấn này trả về một đồ thị.",
        "The format {format} is for tables; this query gives a graph.",
    ),
    "format_graph": (
        "Định dạng turtle dành cho CONSTRUCT và DESCRIBE; truy vấn này trả về một bảng.",
        "The format turtle is for CONSTRUCT and DESCRIBE; this query gives a table.",
    ),
    "hint_format_rows": ("dùng --format turtle hoặc table", "use --format turtle or table"),
    "hint_format_graph": ("dùng --format table, csv, tsv hoặc json", "use --format table, csv, tsv or json"),
    "unknown_term": (
        "Truy vấn dùng {term}, nhưng ngữ vựng và đồ thị không có từ này.",
        "The query uses {term}, which neither the ontology nor the graph has.",
    ),
    # names in a graph
    "nobody": ("Đồ thị không có ai hay gì tên “{name}”.", "The graph has nobody and nothing named “{name}”."),
    "hint_nobody": ("xem các tên: kg stats", "see who is there: kg stats"),
    "several": ("Có nhiều thực thể tên “{name}”.", "Several entities are named “{name}”."),
    "hint_several": ("chọn theo mã: {near}", "choose one by its id: {near}"),
}


def say(key: str, **params: object) -> Bilingual:
    """The message `key` in both languages, with its parameters filled in.

    >>> say("place", line=1, column=2)
    'line 1, column 2'
    """
    vi, en = _SAYS[key]
    return Bilingual(en=en.format(**params), vi=vi.format(**params))
