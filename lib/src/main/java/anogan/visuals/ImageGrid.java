package anogan.visuals;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles in rows and columns: heads above the columns, a few lines of words to the left of each row, a caption below
 * each tile that has one.
 *
 * <p>
 * Every tile is as wide as the grid says. Patches that grow keep hard pixels (nearest neighbour), since what the
 * network sees are pixels; photographs, and everything that shrinks, are interpolated.
 */
public final class ImageGrid {
    /** A tile; an empty {@code caption} leaves the words out. */
    public record Tile(BufferedImage image, String caption) {
        public static Tile of(BufferedImage image) {
            return new Tile(image, "");
        }
    }

    private record Row(List<String> words, List<Tile> tiles) {}

    /** Points between tiles. */
    static final int GAP = 8;
    private static final int LINE = 20;

    private final int tileWidth;
    private final int wordsWidth;
    private final boolean hardPixels;
    private final List<String> heads;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param heads      words above the columns; empty for none
     * @param tileWidth  in points
     * @param wordsWidth points kept for the words at the left; 0 for none
     * @param hardPixels nearest neighbour for tiles that grow
     */
    public ImageGrid(List<String> heads, int tileWidth, int wordsWidth, boolean hardPixels) {
        this.heads = List.copyOf(heads);
        this.tileWidth = tileWidth;
        this.wordsWidth = wordsWidth;
        this.hardPixels = hardPixels;
    }

    public ImageGrid row(List<String> words, List<Tile> tiles) {
        rows.add(new Row(List.copyOf(words), List.copyOf(tiles)));
        return this;
    }

    public BufferedImage draw() {
        int columns = Math.max(heads.size(), rows.stream().mapToInt(r -> r.tiles.size()).max().orElseThrow());
        int left = wordsWidth == 0 ? 0 : wordsWidth + GAP;
        int top = heads.isEmpty() ? 0 : LINE + 4;
        int height = top + rows.stream().mapToInt(this::height).sum() - GAP;
        BufferedImage sheet = Style.sheet(left + columns * (tileWidth + GAP) - GAP, height);
        Graphics2D g = Style.pen(sheet);
        g.setFont(Style.bold());
        for (int i = 0; i < heads.size(); i++) centred(g, heads.get(i), left + i * (tileWidth + GAP), LINE - 5);
        int y = top;
        for (Row row : rows) {
            drawRow(g, row, left, y);
            y += height(row);
        }
        g.dispose();
        return sheet;
    }

    private void drawRow(Graphics2D g, Row row, int left, int top) {
        for (int i = 0; i < row.words.size(); i++) {
            g.setFont(i == 0 ? Style.bold() : Style.text());
            g.setColor(i == 0 ? Style.INK : Style.MUTED);
            g.drawString(Style.fit(row.words.get(i), g.getFont(), wordsWidth), 0, top + 15 + i * LINE);
        }
        g.setFont(Style.text());
        g.setColor(Style.INK);
        for (int i = 0; i < row.tiles.size(); i++) {
            Tile tile = row.tiles.get(i);
            int x = left + i * (tileWidth + GAP);
            drawTile(g, tile.image, x, top);
            if (!tile.caption.isEmpty()) centred(g, tile.caption, x, top + tileHeight(tile.image) + LINE - 4);
        }
    }

    private void drawTile(Graphics2D g, BufferedImage image, int x, int y) {
        int width = tileWidth * Style.SCALE;
        int height = tileHeight(image) * Style.SCALE;
        boolean grows = width >= image.getWidth();
        Image drawn = grows ? image : image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                grows && hardPixels ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(drawn, x, y, tileWidth, tileHeight(image), null);
    }

    private void centred(Graphics2D g, String text, int x, int y) {
        String shown = Style.fit(text, g.getFont(), tileWidth);
        g.drawString(shown, x + (tileWidth - g.getFontMetrics().stringWidth(shown)) / 2f, y);
    }

    private int height(Row row) {
        int tiles = row.tiles.stream().mapToInt(t -> tileHeight(t.image) + (t.caption.isEmpty() ? 0 : LINE)).max()
                .orElse(0);
        return Math.max(tiles, row.words.size() * LINE) + GAP;
    }

    private int tileHeight(BufferedImage image) {
        return Math.max(1, Math.round((float) image.getHeight() * tileWidth / image.getWidth()));
    }
}
