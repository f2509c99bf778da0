package anogan.ui;

import java.util.List;
import picocli.CommandLine.Option;

/**
 * Options of a script that say what the pixels of every scan are, and what is done to them before anything else (a
 * picocli mixin).
 */
public final class PixelArguments {
    @Option(names = "--range", split = ",", paramLabel = "BLACK,WHITE",
            description = "Numbers that are black and white in scans of more than 8 bits [what all scans use].")
    public List<Double> range = List.of();
    @Option(names = "--spacing", split = ",", paramLabel = "ROW,COLUMN[,SLICE]",
            description = "How far apart the pixels of all scans lie, in µm [what .vol, NIfTI and DICOM files say].")
    public List<Double> spacing = List.of();
    @Option(names = "--crop", paramLabel = "X,Y,W,H",
            description = "The B-scan's place in every picture, in pixels, such as in a viewer's screenshot "
                    + "[all of it].")
    public List<String> crop = List.of();
    @Option(names = "--blank", paramLabel = "X,Y,W,H",
            description = "Paint this area of every picture over, such as burnt-in text; may be repeated.")
    public List<String> blank = List.of();
    @Option(names = "--rotate", paramLabel = "DEGREES", defaultValue = "0",
            description = "Turn scans clockwise by 90, 180 or 270: the vitreous must be on top [${DEFAULT-VALUE}].")
    public int rotate;
    @Option(names = "--flip", description = "Exchange up and down.")
    public boolean flip;
    @Option(names = "--invert", description = "Exchange light and dark: the vitreous must be dark.")
    public boolean invert;
    @Option(names = "--keep-contrast",
            description = "Do not make vitreous and pigment epithelium as dark and as bright in all scans.")
    public boolean keepContrast;
}
