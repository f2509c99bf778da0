package anogan.statistics;

import anogan.markers.Feature;
import anogan.markers.Layer;
import anogan.statistics.Marker.Quartiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a marker is called: its numbers in words, as dark, in INL–ONL, 12–40 px wide, sharp rim. */
final class MarkerNames {
    private final Map<Feature, Quartiles> all;
    private final Optional<Double> umPerPixel;
    private final boolean flattened;

    /**
     * @param all        quartiles over the regions of all markers, which a rim is sharp or soft beside
     * @param umPerPixel width of a pixel of the strip, where it is one for all scans
     * @param flattened  whether there is a depth
     */
    MarkerNames(Map<Feature, Quartiles> all, Optional<Double> umPerPixel, boolean flattened) {
        this.all = all;
        this.umPerPixel = umPerPixel;
        this.flattened = flattened;
    }

    String of(Map<Feature, Quartiles> own) {
        List<String> words = new ArrayList<>();
        double dark = of(own, Feature.DARK_SHARE).median();
        words.add(dark > 0.9 ? "dark"
                : dark < 0.1 ? "bright"
                : dark > 0.5 ? "dark with a bright part"
                : "bright with a dark part");
        if (flattened) words.add("in " + layers(of(own, Feature.DEPTH)));
        Quartiles width = of(own, Feature.WIDTH);
        double scale = umPerPixel.orElse(1.0);
        words.add(String.format(Locale.ROOT, "%.0f–%.0f %s wide", width.low() * scale, width.high() * scale,
                umPerPixel.isPresent() ? "µm" : "px"));
        Quartiles rim = of(all, Feature.RIM);
        if (of(own, Feature.RIM).median() > rim.high()) words.add("sharp rim");
        if (of(own, Feature.RIM).median() < rim.low()) words.add("soft rim");
        if (of(own, Feature.SHADOW).median() < -0.2) words.add("shadow below");
        if (of(own, Feature.SWELLING).median() > 1.2) words.add("thick retina");
        return String.join(", ", words);
    }

    private static Quartiles of(Map<Feature, Quartiles> quartiles, Feature feature) {
        return Objects.requireNonNull(quartiles.get(feature));   // of all, or of none
    }

    private static String layers(Quartiles depth) {
        Layer from = Layer.at(depth.low());
        Layer to = Layer.at(depth.high());
        return from == to ? from.title() : from.title() + "–" + to.title();
    }
}
