extension StringProtocol {
    /// Without the white space around it, which comes along when people copy, and which nobody sees.
    public var withoutOuterSpace: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
