using ModelDsl;

namespace ShapeSegmentationSample;

/// <summary>Images of shapes on a noisy background, and what each pixel shows.</summary>
/// <param name="Train">What is learnt from.</param>
/// <param name="Test">What is measured on.</param>
internal sealed record ShapeImages(Dataset Train, Dataset Test)
{
    /// <summary>The width and height of an image.</summary>
    public const int Side = 48;

    /// <summary>The number of classes of pixels.</summary>
    public const int Classes = 4;

    private const int Triangle = 3, Square = 2, Circle = 1;

    private const int MostShapes = 4;
    private const double SmallestRadius = 7, LargestRadius = 12;
    private const double Noise = 0.1;

    /// <summary>What the classes are called.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["background", "circle", "square", "triangle"];

    /// <summary>
    /// Draws training images from a seed, and test images that are the same for all seeds. No seed gives a test image
    /// to train on: what they are drawn from begins with an even number for one and with an odd one for the other.
    /// </summary>
    public static ShapeImages Draw(ulong seed, int train, int test)
    {
        int folded = (int)((seed ^ (seed >> 30)) & 0x3FFF_FFFF);
        return new ShapeImages(Draw(new Random(2 * folded), train), Draw(new Random(1), test));
    }

    private static Dataset Draw(Random random, int count)
    {
        float[] pixels = new float[count * Side * Side];
        int[] labels = new int[pixels.Length];
        for (int i = 0; i < count; i++)
        {
            Draw(
                random,
                pixels.AsSpan(i * Side * Side, Side * Side),
                labels.AsSpan(i * Side * Side, Side * Side));
        }

        return Dataset.FromTargets(new Shape(Side, Side, 1), pixels, labels, classCount: Classes)
            .WithClassNames(ClassNames);
    }

    private static void Draw(Random random, Span<float> pixels, Span<int> labels)
    {
        double brightness = Between(random, 0.3, 0.7);
        double slopeX = Between(random, -0.15, 0.15), slopeY = Between(random, -0.15, 0.15);
        List<Figure> figures = Place(random);
        for (int i = 0; i < pixels.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Side);
            double value = brightness
                + (slopeX * (((double)column / Side) - 0.5))
                + (slopeY * (((double)row / Side) - 0.5));
            if (figures.Find(figure => figure.Covers(column, row)) is { } figure)
            {
                value += figure.Contrast;
                labels[i] = figure.Class;
            }

            pixels[i] = (float)(value + (Noise * Normal(random)));
        }
    }

    // Shapes lie apart and within the image: where a place is taken, there is one shape less.
    private static List<Figure> Place(Random random)
    {
        List<Figure> figures = [];
        int wanted = random.Next(1, MostShapes + 1);
        for (int i = 0; i < wanted; i++)
        {
            double radius = Between(random, SmallestRadius, LargestRadius);
            double contrast = Between(random, 0.2, 0.5) * (random.Next(2) == 0 ? 1 : -1);
            var figure = new Figure(
                random.Next(1, Classes),
                Between(random, radius, Side - 1 - radius),
                Between(random, radius, Side - 1 - radius),
                radius,
                Between(random, 0, 2 * Math.PI),
                contrast);
            if (figures.TrueForAll(other => other.IsApartFrom(figure)))
            {
                figures.Add(figure);
            }
        }

        return figures;
    }

    private static double Between(Random random, double least, double most) =>
        least + ((most - least) * random.NextDouble());

    // Box and Muller (1958).
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A shape: its corners, or its border, lie on a circle around its centre.</summary>
    private sealed record Figure(int Class, double X, double Y, double Radius, double Angle, double Contrast)
    {
        public bool IsApartFrom(Figure other) =>
            Math.Sqrt(Math.Pow(X - other.X, 2) + Math.Pow(Y - other.Y, 2)) > Radius + other.Radius + 1;

        public bool Covers(int column, int row)
        {
            double x = column - X, y = row - Y;
            return Class switch
            {
                Circle => (x * x) + (y * y) <= Radius * Radius,
                Square => IsWithinSides(x, y, 4),
                Triangle => IsWithinSides(x, y, 3),
                _ => throw new InvalidOperationException($"There is no shape of class {Class}."),
            };
        }

        // A polygon's sides are as far from its centre as a cosine says.
        private bool IsWithinSides(double x, double y, int sides)
        {
            for (int side = 0; side < sides; side++)
            {
                double normal = Angle + (2 * Math.PI * side / sides);
                if ((x * Math.Cos(normal)) + (y * Math.Sin(normal)) > Radius * Math.Cos(Math.PI / sides))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
