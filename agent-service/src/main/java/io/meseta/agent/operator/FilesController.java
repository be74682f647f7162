package io.meseta.agent.operator;

import io.meseta.agent.files.FileAnswer;
import io.meseta.agent.files.FileEntry;
import io.meseta.agent.files.SandboxFiles;
import io.meseta.authorization.Action;
import io.meseta.authorization.Verdict;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// Sandboxes, as user interfaces and `curl` read them.
@DecidedWithin("Whose sandbox it is.")
@Controller
final class FilesController {

    private static final String NO_PATH = "Expecting 'path=value' in query.\n";
    private static final String IS_DIRECTORY = "Cannot %s a directory.\n";

    private final SandboxFiles files;
    private final JsonMapper mapper;
    private final Rights rights;

    FilesController(SandboxFiles files, JsonMapper mapper, Rights rights) {
        this.files = files;
        this.mapper = mapper;
        this.rights = rights;
    }

    @RequestMapping("/files/browse")
    void browse(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "path", required = false) @Nullable String path,
            HttpServletResponse response)
            throws IOException {
        if (path == null || path.isEmpty()) {
            Replies.text(response, 400, NO_PATH);
            return;
        }
        if (isDenied(caller, path, response)) return;
        var entries = files.list(path);
        if (entries.isEmpty()) {
            Replies.text(response, 404, "");
            return;
        }
        json(request, response, entries.get().stream().map(FilesController::view).toList());
    }

    @RequestMapping("/files/read")
    void read(
            Caller caller,
            HttpServletRequest request,
            @RequestParam(name = "path", required = false) @Nullable String path,
            @RequestParam(name = "offset", required = false) @Nullable String offset,
            @RequestParam(name = "length", required = false) @Nullable String length,
            HttpServletResponse response)
            throws IOException {
        if (path == null || path.isEmpty()) {
            Replies.text(response, 400, NO_PATH);
            return;
        }
        if (isDenied(caller, path, response)) return;
        long from;
        long count;
        try {
            from = offset == null ? -1 : Long.parseLong(offset);
            count = length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            Replies.text(
                    response, 400, "Failed to parse offset or length: expecting whole numbers.\n");
            return;
        }
        if (from < -1 || count < -1) {
            Replies.text(response, 400, "Negative offset or length provided.\n");
            return;
        }
        switch (files.open(path)) {
            case FileAnswer.NotFound() -> Replies.text(response, 404, "");
            case FileAnswer.IsDirectory() ->
                    Replies.text(response, 400, IS_DIRECTORY.formatted("read"));
            case FileAnswer.Opened(_, var size, var channel) -> {
                try (channel) {
                    json(request, response, piece(channel, size, from, count));
                }
            }
        }
    }

    @RequestMapping("/files/download")
    void download(
            Caller caller,
            @RequestParam(name = "path", required = false) @Nullable String path,
            HttpServletResponse response)
            throws IOException {
        if (path == null || path.isEmpty()) {
            Replies.text(response, 400, NO_PATH);
            return;
        }
        if (isDenied(caller, path, response)) return;
        switch (files.open(path)) {
            case FileAnswer.NotFound() -> Replies.text(response, 404, "");
            case FileAnswer.IsDirectory() ->
                    Replies.text(response, 400, IS_DIRECTORY.formatted("download"));
            case FileAnswer.Opened(var name, var size, var channel) -> {
                try (var in = Channels.newInputStream(channel)) {
                    response.setHeader("Content-Type", "application/octet-stream");
                    response.setHeader(
                            "Content-Disposition", "attachment; filename=" + headerSafe(name));
                    response.setContentLengthLong(size);
                    // The file may grow meanwhile; what was promised is sent.
                    var out = response.getOutputStream();
                    var chunk = new byte[OperatorCalls.READ_BYTES_MAX];
                    long left = size;
                    while (left > 0) {
                        int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                        if (read < 0) break;
                        out.write(chunk, 0, read);
                        left -= read;
                    }
                }
            }
        }
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @RequestMapping("/files/debug")
    void debug(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var names = new TreeMap<String, String>();
        files.names().forEach((name, path) -> names.put(name, path.toString()));
        json(request, response, names);
    }

    private boolean isDenied(Caller caller, String path, HttpServletResponse response)
            throws IOException {
        if (!(rights.file(caller, path) instanceof Verdict.Denied denied)) return false;
        Replies.forbidden(response, denied, "");
        return true;
    }

    private static Map<String, Object> piece(
            SeekableByteChannel channel, long size, long offset, long length) throws IOException {
        var piece = new LinkedHashMap<String, Object>();
        if (offset < 0) {
            piece.put("data", "");
            piece.put("offset", size);
            return piece;
        }
        long most = OperatorCalls.READ_BYTES_MAX;
        var data = ByteBuffer.allocate((int) (length < 0 ? most : Math.min(length, most)));
        if (offset < size) {
            channel.position(offset);
            while (data.hasRemaining() && channel.read(data) >= 0) {
                // Until the buffer is full or the file ends.
            }
        }
        piece.put("data", StandardCharsets.UTF_8.decode(data.flip()).toString());
        piece.put("offset", offset);
        return piece;
    }

    private static Map<String, Object> view(FileEntry entry) {
        var view = new LinkedHashMap<String, Object>();
        view.put("path", entry.path());
        view.put("nlink", entry.links());
        view.put("size", entry.size());
        view.put("mtime", (double) entry.modified().getEpochSecond());
        view.put("mode", entry.modeText());
        view.put("uid", entry.owner());
        view.put("gid", entry.group());
        return view;
    }

    /// A file's name may hold anything but a slash; a header may not.
    private static String headerSafe(String name) {
        var safe = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            boolean isPlain = letter > ' ' && letter < 0x7f && letter != '"' && letter != ';';
            safe.append(isPlain ? letter : '_');
        }
        return safe.toString();
    }

    private void json(HttpServletRequest request, HttpServletResponse response, Object view)
            throws IOException {
        Replies.json(request, response, mapper.writeValueAsBytes(view));
    }
}
