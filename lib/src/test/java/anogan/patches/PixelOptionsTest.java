package anogan.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.phantom.LesionKind;
import anogan.phantom.Phantom;
import anogan.scans.GrayImage;
import anogan.scans.Scans;
import anogan.scans.Spacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans that were turned, inverted or framed before come back to what they were, masks with them. */
class PixelOptionsTest {
    private static final PrepareOptions OPTIONS = PrepareOptions.defaults(32).withScale(0.59);   // need not be measured
    private static final int W = 512;
    private static final int H = 187;

    @TempDir
    Path folder;

    /** What somebody did to scan or mask: another picture. */
    private interface Change {
        GrayImage of(GrayImage image, boolean mask);
    }

    private Patches prepare(String name, Change change, PixelOptions pixels) {
        Path scans = folder.resolve(name);
        for (int eye = 0; eye < 3; eye++)
            change.of(Phantom.draw(1, eye, 0).image(), false).writePng(scans.resolve("NORMAL/NORMAL-p" + eye + ".png"));
        Phantom.Scan sick = Phantom.draw(1, 6, 0, LesionKind.IRF);
        GrayImage mask = GrayImage.black(H, W);
        for (int i = 0; i < sick.mask().length; i++) mask.pixels()[i] = sick.mask()[i] ? 255 : 0;
        change.of(sick.image(), false).writePng(scans.resolve("IRF/IRF-p6.png"));
        change.of(mask, true).writePng(scans.resolve("IRF/IRF-p6_mask.png"));
        return Patches.prepare(Scans.folder(scans), OPTIONS.withPixels(pixels), folder.resolve(name + "-out"));
    }

    /** A picture whose pixel (x, y) is the given one of another, {@code y * width + x}. */
    private static GrayImage gathered(GrayImage from, int height, int width, IntBinaryOperator place) {
        GrayImage image = GrayImage.black(height, width);
        for (int i = 0; i < image.pixels().length; i++)
            image.pixels()[i] = from.pixels()[place.applyAsInt(i % width, i / width)];
        return image;
    }

    private static GrayImage changed(String how, GrayImage from, boolean mask) {
        return switch (how) {
            case "flipped" -> gathered(from, H, W, (x, y) -> (H - 1 - y) * W + x);
            // turned a quarter to the left: the scan's right column becomes the upper row
            case "left" -> gathered(from, W, H, (x, y) -> x * W + W - 1 - y);
            case "right" -> gathered(from, W, H, (x, y) -> (H - 1 - x) * W + y);
            case "around" -> gathered(from, H, W, (x, y) -> (H - 1 - y) * W + W - 1 - x);
            case "inverted" -> {
                GrayImage image = GrayImage.black(H, W);
                byte[] bytes = from.toBytes();
                for (int i = 0; i < bytes.length; i++)
                    image.pixels()[i] = mask ? from.pixels()[i] : 255 - bytes[i] & 0xff;
                yield image;
            }
            case "framed" -> {
                GrayImage image = GrayImage.black(H + 30, W + 200);
                for (int i = 0; i < image.pixels().length; i++) image.pixels()[i] = mask ? 0 : 140;
                for (int y = 0; y < H; y++)
                    System.arraycopy(from.pixels(), y * W, image.pixels(), (y + 20) * (W + 200) + 190, W);
                yield image;
            }
            default -> from;
        };
    }

    @ParameterizedTest
    @CsvSource({"flipped,0,true,false,", "left,90,false,false,", "right,270,false,false,", "around,180,false,false,",
            "inverted,0,false,true,", "framed,0,false,false,'190,20,512,187'"})
    void bringScansBackToWhatTheyWere(String how, int rotate, boolean flip, boolean invert, String crop)
            throws IOException {
        Patches right = prepare("right", (image, mask) -> image, PixelOptions.defaults());
        PixelOptions options = new PixelOptions(crop == null ? List.of() : List.of(Area.of(crop)), List.of(), rotate,
                flip, invert, true);
        Patches back = prepare(how, (image, mask) -> changed(how, image, mask), options);
        assertEquals(right.fingerprint(), back.fingerprint());
        assertArrayEquals(Files.readAllBytes(right.path().resolve("masks.npy")),
                Files.readAllBytes(back.path().resolve("masks.npy")));
        assertEquals(options, Patches.open(back.path()).options().pixels(), "what was done is kept");
    }

    @ParameterizedTest
    @CsvSource({"0,3.9,11.5", "90,11.5,3.9", "180,3.9,11.5", "270,11.5,3.9"})
    void aQuarterTurnsTheSpacingToo(int rotate, double row, double column) {
        Map<String, String> attributes = new TreeMap<>(new Spacing(3.9, 11.5).attributes());
        attributes.put("slice", "4");
        Map<String, String> after = PixelOptions.defaults().withRotate(rotate).applied(attributes);
        assertEquals(Optional.of(new Spacing(row, column)), Spacing.of(after));
        assertEquals("4", after.get("slice"));
        assertEquals(Map.of("slice", "4"), PixelOptions.defaults().withRotate(rotate).applied(Map.of("slice", "4")),
                "what has none gets none");
    }

    @Test
    void blankedAreasHoldNothingButTheBackground() {
        GrayImage scan = Phantom.draw(1, 0, 0).image();
        GrayImage written = new GrayImage(H, W, scan.pixels().clone());
        for (int y = 3; y < 13; y++) for (int x = 10; x < 90; x += 3) written.pixels()[y * W + x] = 255;
        PixelOptions options = PixelOptions.defaults().withBlank(List.of(Area.of("8, 2, 85, 12"), Area.of("0,0,1,1")));
        GrayImage blank = options.applied(new Scans.Pixels(written, Optional.empty())).image();
        float grey = blank.at(2, 8);
        assertTrue(grey > 5 && grey < 60, "the vitreous' grey is " + grey);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                boolean inside = (x >= 8 && x < 93 && y >= 2 && y < 14) || x + y == 0;
                assertEquals(inside ? grey : scan.at(y, x), blank.at(y, x));
            }
        }
    }

    @Test
    void anAreaOfPicturesOfAnotherSizeIsRefused() {
        PixelOptions blank = PixelOptions.defaults().withBlank(List.of(new Area(500, 0, 13, 5)));
        Patches patches = prepare("scans", (image, mask) -> image, PixelOptions.defaults());
        assertEquals(4, patches.scans().size());
        UserError e = assertThrows(UserError.class, () -> prepare("scans", (image, mask) -> image, blank));
        assertTrue(e.getMessage().contains("option blank is 500,0,13,5, but the scan has 512 x 187 pixels"),
                e.getMessage());
    }

    /** A whole data set on its side has no scan that can be used: the sentence says why. */
    @Test
    void aDataSetOnItsSideIsToldHowToTurnIt() {
        UserError e = assertThrows(UserError.class,
                () -> prepare("sides", (image, mask) -> changed("left", image, mask), PixelOptions.defaults()));
        assertTrue(e.getMessage().contains("No usable scan is left") && e.getMessage().contains("option rotate")
                || e.getMessage().contains("Option rotate 90 or 270"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "a,b,c,d", "-1,0,5,5", "1.5,0,5,5", "0,0,0,5", "0,0,5,0",
            "9999999,0,1,1"})
    void whatIsNoAreaIsRefused(String text) {
        assertThrows(UserError.class, () -> Area.of(text));
    }

    @Test
    void rotationsAreQuarters() {
        assertThrows(UserError.class, () -> PixelOptions.defaults().withRotate(45));
        assertThrows(UserError.class, () -> PixelOptions.defaults().withRotate(-90));
        assertThrows(UserError.class,
                () -> PixelOptions.defaults().withCrop(List.of(Area.of("0,0,1,1"), Area.of("0,0,2,2"))));
    }
}
