package sotto.bootstrap.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node tells on its loopback port. */
record Page(int status, String text) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Page get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new Page(answer.statusCode(), answer.body());
    }

    /** A metric's value; -1 where there is none of that name and labels. */
    double figure(String nameAndLabels) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(nameAndLabels) + " (\\S+)$")
                .matcher(text);
        return line.find() ? Double.parseDouble(line.group(1)) : -1;
    }
}
