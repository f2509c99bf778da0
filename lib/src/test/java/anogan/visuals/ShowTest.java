package anogan.visuals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import anogan.UserError;
import anogan.io.FloatArray;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ShowTest {
    @Test
    void anAnimationHasItsFramesInOrderWithTheirTimes() throws Exception {
        List<BufferedImage> frames = new ArrayList<>();
        for (int grey : new int[] {0, 85, 255}) {
            BufferedImage frame = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 32; i++) frame.setRGB(i % 8, i / 8, new Color(grey, grey, grey).getRGB());
            frames.add(frame);
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(Gif.of(frames, 200)))) {
            reader.setInput(in);
            assertEquals(3, reader.getNumImages(true));
            for (int i = 0; i < 3; i++)
                assertEquals(frames.get(i).getRGB(3, 2), reader.read(i).getRGB(3, 2), "frame " + i);
            assertEquals("20", delay(reader, 0));
            assertEquals("80", delay(reader, 2));
        }
    }

    private static String delay(ImageReader reader, int frame) throws Exception {
        IIOMetadataNode root = (IIOMetadataNode) reader.getImageMetadata(frame)
                .getAsTree("javax_imageio_gif_image_1.0");
        return ((IIOMetadataNode) root.getElementsByTagName("GraphicControlExtension").item(0))
                .getAttribute("delayTime");
    }

    @Test
    void anAnimationNeedsAPicture() {
        assertThrows(UserError.class, () -> Gif.of(List.of(), 100));
    }

    @Test
    void aTableIsWellFormedAndEscapesWhatComesFromData() throws Exception {
        Table table = Table.create(StringColumn.create("<script>", "a & b", null),
                DoubleColumn.create("n", 0.12345, 3));
        String html = Show.html(table);
        String strict = html.replaceAll("onclick=\"[^\"]*\"", "");   // "&" of the script is HTML, not XML
        Document page = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(strict)));
        assertEquals("<script>", page.getElementsByTagName("th").item(0).getTextContent());
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < 4; i++) cells.add(page.getElementsByTagName("td").item(i).getTextContent());
        assertEquals(List.of("a & b", "0.123", "", "3"), cells);
        assertTrue(html.contains("onclick"), "a click on a head sorts");
    }

    @Test
    void patchesBecomeTilesWithAGapBetween() {
        FloatArray patches = FloatArray.zeros(3, 1, 4, 4);
        java.util.Arrays.fill(patches.data(), 16, 32, 1f);   // the second is white, the others middle grey
        BufferedImage sheet = Heat.patches(patches, 2, 3);
        assertEquals(2 * 12 + 2, sheet.getWidth());
        assertEquals(2 * 12 + 2, sheet.getHeight());
        assertEquals(128, sheet.getRGB(0, 0) & 255);
        assertEquals(255, sheet.getRGB(14, 11) & 255);
        assertEquals(128, sheet.getRGB(11, 25) & 255);
        assertEquals(255, sheet.getRGB(20, 20) & 255, "the fourth place is empty paper");
        assertEquals(255, sheet.getRGB(12, 5) & 255, "the gap");
    }
}
