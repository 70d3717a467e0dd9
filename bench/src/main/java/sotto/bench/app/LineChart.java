package sotto.bench.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plain chart as an SVG file, readable on a light and on a dark page: lines through points, an axis that may be logarithmic.
 * Immutable.
 *
 * @param title above all
 * @param horizontal what goes to the right
 * @param vertical what goes up, from {@code from} to the largest value
 * @param isLogarithmic to the right
 */
record LineChart(String title, Axis horizontal, Axis vertical, boolean isLogarithmic, List<Line> lines) {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int STEPS = 5;
    private static final String GREY = "#808080";
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    LineChart {
        lines = List.copyOf(lines);
    }

    /** What is along one side, and where it begins and ends. */
    record Axis(String name, double from, double to) {}

    /** Points from left to right. */
    record Line(String name, List<Point> points) {
        Line {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}

    String svg() {
        StringBuilder svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\""
                        + " fill=\"%s\">\n",
                WIDTH, HEIGHT, GREY));
        svg.append(label(LEFT, TOP / 2.0, "start", title));
        svg.append(label(LEFT + width() / 2.0, HEIGHT - 10, "middle", horizontal.name));
        svg.append(label(LEFT, TOP - 6, "middle", vertical.name));
        for (int step = 0; step <= STEPS; step++) {
            double value = vertical.from + (vertical.to - vertical.from) * step / STEPS;
            svg.append(text(
                    "<path d=\"M%d %.1fh%d\" stroke=\"%s\" stroke-opacity=\"0.3\"/>\n",
                    LEFT, up(value), width(), GREY));
            svg.append(label(LEFT - 6, up(value) + 4, "end", number(value)));
        }
        for (double value : horizontalMarks()) {
            svg.append(label(right(value), HEIGHT - BOTTOM + 18, "middle", number(value)));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(drawn(lines.get(i), i));
        }
        return svg.append("</svg>\n").toString();
    }

    private String drawn(Line line, int index) {
        String colour = COLOURS.get(index % COLOURS.size());
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        for (Point point : line.points) {
            path.append(text("%s%.1f %.1f", path.length() == 0 ? "M" : "L", right(point.x), up(point.y)));
            dots.append(text(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", right(point.x), up(point.y), colour));
        }
        double at = TOP + 20.0 * index + 10;
        return text("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", path, colour)
                + dots
                + text(
                        "<path d=\"M%d %.1fh16\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                        WIDTH - RIGHT + 10, at - 4, colour)
                + label(WIDTH - RIGHT + 30, at, "start", line.name);
    }

    private List<Double> horizontalMarks() {
        List<Double> marks = new ArrayList<>();
        if (isLogarithmic) {
            for (double value = horizontal.from; value <= horizontal.to * 1.001; value *= 10) {
                marks.add(value);
            }
        } else {
            for (int step = 0; step <= STEPS + 1; step++) {
                marks.add(horizontal.from + (horizontal.to - horizontal.from) * step / (STEPS + 1));
            }
        }
        return marks;
    }

    private double right(double value) {
        double share = isLogarithmic
                ? Math.log(value / horizontal.from) / Math.log(horizontal.to / horizontal.from)
                : (value - horizontal.from) / (horizontal.to - horizontal.from);
        return LEFT + share * width();
    }

    private double up(double value) {
        double share = (value - vertical.from) / (vertical.to - vertical.from);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static int width() {
        return WIDTH - LEFT - RIGHT;
    }

    private static String label(double x, double y, String anchor, String said) {
        return text("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, said);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? text("%,d", (long) value) : text("%.2f", value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
