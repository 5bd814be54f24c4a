/// What stands in pictures, and tells what they show to whoever doesn't see them.
enum PicturePhrase: String, Phrase {
    case counted = "{what} {count}"
    case percent = "{number} %"
    case share = "{done}, {rest}."
    case now
    case twoYears = "in two years, or later"
    case ends = "{what}: {when}."
    case day = "{day}: {counts}"
    case inAll = "In all: {counts}. Most on {day}: {count}."
    case nothing = "There are none."

    static let subject = "picture"
}
