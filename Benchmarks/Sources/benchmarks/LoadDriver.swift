import Foundation
import Synchronization

/// Posts requests over kept connections, one thread a connection, as plainly as sockets allow: it shares the machine with what it measures.
struct LoadDriver {
    /// What came of a load.
    struct Result {
        let perSecond: Double
        /// Seconds from a request's first byte to its answer's last, sorted.
        let latencies: [Double]
        /// Answers by status.
        let statuses: [Int: Int]

        /// Milliseconds that this share of the requests did not need more than.
        func milliseconds(_ share: Double) -> Double { latencies[Int(Double(latencies.count - 1) * share)] * 1000 }
    }

    let port: Int
    let path: String
    let connections: Int

    /// Posts every body once, as a form.
    func post(_ bodies: [String]) throws -> Result {
        let next = Atomic<Int>(0)
        let gathered = Mutex<(latencies: [Double], statuses: [Int: Int])>(([], [:]))
        let start = DispatchTime.now().uptimeNanoseconds
        let done = DispatchSemaphore(value: 0)
        try withExtendedLifetime(bodies) {
            let sockets = try (0..<connections).map { _ in try connect() }
            for socket in sockets {
                let path = path
                Thread {
                    var latencies: [Double] = []
                    var statuses: [Int: Int] = [:]
                    while true {
                        let index = next.add(1, ordering: .relaxed).oldValue
                        guard index < bodies.count else { break }
                        let begun = DispatchTime.now().uptimeNanoseconds
                        let status = Self.exchange(socket, path, bodies[index])
                        latencies.append(Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e9)
                        statuses[status, default: 0] += 1
                        if status < 0 { break }
                    }
                    close(socket)
                    let (mine, counts) = (latencies, statuses)
                    gathered.withLock {
                        $0.latencies += mine
                        $0.statuses.merge(counts, uniquingKeysWith: +)
                    }
                    done.signal()
                }.start()
            }
            for _ in sockets { done.wait() }
        }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        return gathered.withLock {
            Result(perSecond: Double($0.latencies.count) / seconds, latencies: $0.latencies.sorted(), statuses: $0.statuses)
        }
    }

    private func connect() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard descriptor >= 0, result == 0 else { throw BenchmarkError("no connection to port \(port)") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    /// - Returns: The answer's status; -1: the connection ended.
    private static func exchange(_ socket: Int32, _ path: String, _ body: String) -> Int {
        let request =
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        var bytes = Array(request.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return -1 }
            bytes = bytes.dropFirst(sent)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let received = recv(socket, &buffer, buffer.count, 0)
            guard received > 0 else { return -1 }
            answer += buffer.prefix(received)
            if let status = wholeStatus(answer) { return status }
        }
    }

    // The status, once the head and as many bytes as it announces are there.
    private static func wholeStatus(_ answer: [UInt8]) -> Int? {
        let text = String(decoding: answer, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = text[..<end.lowerBound].lowercased()
        var length = 0
        if let range = head.range(of: "content-length: ") {
            length = Int(head[range.upperBound...].prefix { $0.isNumber }) ?? 0
        }
        guard text[end.upperBound...].utf8.count >= length else { return nil }
        return Int(text.dropFirst(9).prefix(3))
    }
}
