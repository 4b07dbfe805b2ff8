using MnistSample.Images;
using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed class DigitNormalizationTests
{
    private const int Side = DigitNormalization.Side;

    [Fact]
    public void Images_of_MNIST_come_out_as_they_went_in()
    {
        using var data = new SmallMnist(train: 100, test: 100);
        for (int index = 0; index < 100; index++)
        {
            float[] pixels = Array.ConvertAll(data.TestImage(index), value => value / 255f);
            float strongest = pixels.Max();

            float[] normalized = DigitNormalization.Normalize(new GrayImage(Side, Side, pixels))!;

            AssertEqual(Array.ConvertAll(pixels, value => value / strongest), normalized, tolerance: 1e-6f);
        }
    }

    [Fact]
    public void Dark_ink_on_light_paper_gives_the_same_as_light_ink_on_dark_paper()
    {
        float[] dark = Normalize(TestPicture.Seven(200, 160, SKColors.White, SKColors.Black, 60, 30, 90));
        float[] light = Normalize(TestPicture.Seven(200, 160, SKColors.Black, SKColors.White, 60, 30, 90));

        AssertEqual(dark, light, tolerance: 1e-5f);
    }

    [Fact]
    public void Where_the_digit_stands_in_the_picture_makes_no_difference()
    {
        float[] topLeft = Normalize(TestPicture.Seven(300, 300, SKColors.White, SKColors.Black, 20, 20, 80));
        float[] bottomRight = Normalize(TestPicture.Seven(300, 300, SKColors.White, SKColors.Black, 190, 170, 80));

        AssertEqual(topLeft, bottomRight, tolerance: 1e-5f);
    }

    [Fact]
    public void How_large_the_digit_is_makes_little_difference()
    {
        float[] small = Normalize(TestPicture.Seven(120, 120, SKColors.White, SKColors.Black, 30, 20, 80));
        float[] large = Normalize(TestPicture.Seven(1200, 1200, SKColors.White, SKColors.Black, 300, 200, 800));

        AssertEqual(small, large, tolerance: 0.2f);
    }

    [Fact]
    public void Ink_and_paper_of_any_grey_become_one_and_zero()
    {
        var paper = new SKColor(200, 200, 200);
        var ink = new SKColor(90, 90, 90);
        float[] faint = Normalize(TestPicture.Seven(200, 200, paper, ink, 60, 40, 100));

        Assert.Equal(1f, faint.Max(), tolerance: 0.01f);
        Assert.Equal(0f, faint[0]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    public void Transparent_paper_is_the_opposite_of_the_ink(byte red, byte green, byte blue)
    {
        float[] transparent = Normalize(TestPicture.Seven(
            200, 200, SKColors.Transparent, new SKColor(red, green, blue), 60, 40, 100));
        float[] opaque = Normalize(TestPicture.Seven(200, 200, SKColors.White, SKColors.Black, 60, 40, 100));

        AssertEqual(opaque, transparent, tolerance: 0.02f);
    }

    [Fact]
    public void Noise_of_the_paper_is_not_ink()
    {
        var random = new Random(5);
        float[] clean = Read(TestPicture.Seven(200, 200, SKColors.White, SKColors.Black, 60, 40, 100)).Values;
        float[] noisy = Array.ConvertAll(clean, value => (value * 0.8f) + (0.05f * random.NextSingle()));

        float[] expected = DigitNormalization.Normalize(new GrayImage(200, 200, clean))!;
        float[] normalized = DigitNormalization.Normalize(new GrayImage(200, 200, noisy))!;

        AssertEqual(expected, normalized, tolerance: 0.2f);
    }

    [Fact]
    public void The_digit_fills_a_box_of_twenty_pixels_around_its_centre_of_mass()
    {
        float[] digit = Normalize(TestPicture.Seven(400, 300, SKColors.White, SKColors.Black, 250, 40, 150));

        int[] rows = [.. Enumerable.Range(0, Side).Where(y => digit.AsSpan(y * Side, Side).ContainsAnyExcept(0f))];
        Assert.Equal(20, rows[^1] - rows[0] + 1);
        double mass = digit.Sum();
        Assert.InRange(digit.Select((value, index) => value * (index % Side)).Sum() / mass, 13.5, 14.5);
        Assert.InRange(digit.Select((value, index) => value * (index / Side)).Sum() / mass, 13.5, 14.5);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 200)]
    [InlineData(200, 3)]
    public void A_picture_of_any_form_gives_an_image_or_nothing(int width, int height)
    {
        float[] values = new float[width * height];
        values[values.Length / 2] = 1;

        float[]? normalized = DigitNormalization.Normalize(new GrayImage(width, height, values));

        Assert.Equal(width == 1, normalized is null);
        Assert.All(normalized ?? [], value => Assert.InRange(value, 0f, 1f));
    }

    private static float[] Normalize(byte[] png) => DigitNormalization.Normalize(Read(png))!;

    private static GrayImage Read(byte[] png)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["picture.png"], png);
        return PngReader.Read(folder["picture.png"]);
    }

    private static void AssertEqual(float[] expected, float[] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.True(
                MathF.Abs(expected[index] - actual[index]) <= tolerance,
                $"pixel ({index % Side}, {index / Side}): expected {expected[index]}, got {actual[index]}");
        }
    }
}
