namespace ModelDsl.Runtime.Tests.Kernels;

public sealed unsafe class VectorMathTests
{
    // A prime, so that all exponents and mantissas of all kinds come up: about two million floats.
    private const uint BitStride = 2003;

    [Fact]
    public void Exp_is_within_one_and_a_half_units_in_the_last_place() => Check<Exponential>(Math.Exp, 1.5);

    [Fact]
    public void ExpMinusOne_is_within_three_units_in_the_last_place() => Check<ExponentialMinusOne>(ExpMinusOne, 3);

    [Fact]
    public void Elu_is_within_three_units_in_the_last_place() => Check<EluOfOne>(x => x > 0 ? x : ExpMinusOne(x), 3);

    [Fact]
    public void Selu_is_within_four_units_in_the_last_place() =>
        Check<ScaledElu>(x => x > 0 ? 1.05070098f * x : (double)(1.05070098f * 1.67326324f) * ExpMinusOne(x), 4);

    [Fact]
    public void Softplus_is_within_four_units_in_the_last_place() =>
        Check<SoftplusFunction>(x => Math.Max(x, 0) + ReferenceMath.LogOnePlus(Math.Exp(-Math.Abs(x))), 4);

    [Fact]
    public void Silu_is_within_four_units_in_the_last_place() =>
        Check<SiluFunction>(x => x < 0 ? x * Math.Exp(x) / (1 + Math.Exp(x)) : x / (1 + Math.Exp(-x)), 4, x => x > -87f);

    [Fact]
    public void Mish_is_within_eight_units_in_the_last_place() =>
        Check<MishFunction>(x => x * Math.Tanh(ReferenceMath.LogOnePlus(Math.Exp(Math.Min(x, 700)))), 8, x => x > -87f);

    [Theory]
    [InlineData(-1e-8f, -1e-8)]
    [InlineData(-1e-6f, -9.999995e-7)]
    public void Elu_keeps_small_values(float x, double expected)
    {
        float[] values = [x];
        ElementwiseRun.Apply(values, default(EluOfOne));
        Assert.Equal(1, values[0] / expected, 2e-7);
    }

    [Fact]
    public void Sigmoid_is_within_three_units_in_the_last_place() =>
        Check<Logistic>(x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), 3);

    [Fact]
    public void Tanh_is_within_four_and_a_half_units_in_the_last_place() =>
        Check<HyperbolicTangent>(Math.Tanh, 4.5);

    [Fact]
    public void Erf_is_within_four_and_a_half_units_in_the_last_place() =>
        Check<ErrorFunction>(ReferenceMath.Erf, 4.5);

    [Fact]
    public void LogOnePlus_is_within_two_units_in_the_last_place() =>
        Check<Logarithm>(ReferenceMath.LogOnePlus, 2, x => x is >= 0f and <= 1f);

    [Fact]
    public void Log_is_within_two_units_in_the_last_place() => Check<NaturalLogarithm>(Math.Log, 2, x => x > 0f);

    [Fact]
    public void Sine_is_within_two_units_in_the_last_place() => Check<Sine>(Math.Sin, 2);

    [Fact]
    public void Cosine_is_within_two_units_in_the_last_place() => Check<Cosine>(Math.Cos, 2);

    [Fact]
    public void NaN_and_infinities_give_their_limits()
    {
        Assert.Equal([float.NaN, float.NaN, float.NaN, 0f], Values<Sine>());
        Assert.Equal([float.NaN, float.NaN, float.NaN, 1f], Values<Cosine>());
        Assert.Equal([float.NaN, 0f, float.PositiveInfinity, 1f], Values<Exponential>());
        Assert.Equal([float.NaN, -1f, float.PositiveInfinity, 0f], Values<ExponentialMinusOne>());
        Assert.Equal([float.NaN, -1f, float.PositiveInfinity, 0f], Values<EluOfOne>());
        Assert.Equal([float.NaN, 0f, float.PositiveInfinity, (float)Math.Log(2)], Values<SoftplusFunction>());
        Assert.Equal([float.NaN, 0f, 1f, 0.5f], Values<Logistic>());
        Assert.Equal([float.NaN, -1f, 1f, 0f], Values<HyperbolicTangent>());
        Assert.Equal([float.NaN, -1f, 1f, 0f], Values<ErrorFunction>());
        Assert.Equal([float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity], Values<NaturalLogarithm>());

        static float[] Values<TFunction>()
            where TFunction : struct, IElementwiseFunction
        {
            float[] values = [float.NaN, float.NegativeInfinity, float.PositiveInfinity, 0f];
            ElementwiseRun.Apply(values, default(TFunction));
            return values;
        }
    }

    [Fact]
    public void Square_root_is_rounded_correctly_for_every_mantissa()
    {
        // Both parities of the exponent decide; all others differ by powers of two.
        float[] x = new float[16];
        float[] y = new float[16];
        fixed (float* source = x)
        fixed (float* destination = y)
        {
            for (uint bits = 0x3F800000; bits < 0x40800000; bits += 16)
            {
                for (uint i = 0; i < 16; i++)
                {
                    x[i] = BitConverter.UInt32BitsToSingle(bits + i);
                }

                SimdVector512.Sqrt(SimdVector512.Load(source)).Store(destination);
                for (int i = 0; i < 16; i++)
                {
                    if (y[i] != MathF.Sqrt(x[i]))
                    {
                        Assert.Fail($"expected {MathF.Sqrt(x[i]):R} for {x[i]:R}, got {y[i]:R}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Square_root_is_rounded_correctly_for_every_exponent()
    {
        Check<SquareRoot>(Math.Sqrt, 0.5, x => x >= 0f);
        Assert.Equal([float.NaN, float.NaN, float.PositiveInfinity, 0f], Roots([float.NaN, -1f, float.PositiveInfinity, 0f]));

        static float[] Roots(float[] values)
        {
            ElementwiseRun.Apply(values, default(SquareRoot));
            return values;
        }
    }

    /// <summary>e^x - 1: by its series where the difference would lose digits.</summary>
    private static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }

        double term = x, sum = x;
        for (int n = 2; n < 30; n++)
        {
            term *= x / n;
            sum += term;
        }

        return sum;
    }

    private static void Check<TFunction>(Func<double, double> reference, double maxUnits, Func<float, bool>? where = null)
        where TFunction : struct, IElementwiseFunction
    {
        float[] x = [.. Samples().Where(where ?? (_ => true))];
        float[] y = [.. x];
        ElementwiseRun.Apply(y, default(TFunction));
        double worst = 0;
        int at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = reference(x[i]);
            double units = UnitsApart(expected, y[i]);
            if (units > worst)
            {
                (worst, at) = (units, i);
            }
        }

        Assert.True(worst <= maxUnits, $"{worst} units at {x[at]:R}: expected {reference(x[at]):R}, got {y[at]:R}");
        SameBitsInEveryWidth<TFunction>(x, y);
    }

    private static void SameBitsInEveryWidth<TFunction>(float[] x, float[] y)
        where TFunction : struct, IElementwiseFunction
    {
        // Whole vectors of the widest kind; the rest is what the partial vectors of the run have been checked with.
        int length = x.Length / 16 * 16;
        float[] narrow = new float[length];
        fixed (float* source = x)
        fixed (float* destination = narrow)
        {
            Map<TFunction, SimdScalar>(source, destination, length);
            Bits.Equal(y.AsSpan(0, length), narrow);
            Map<TFunction, SimdVector128>(source, destination, length);
            Bits.Equal(y.AsSpan(0, length), narrow);
            Map<TFunction, SimdVector256>(source, destination, length);
            Bits.Equal(y.AsSpan(0, length), narrow);
            Map<TFunction, SimdVector512>(source, destination, length);
            Bits.Equal(y.AsSpan(0, length), narrow);
        }
    }

    private static void Map<TFunction, TVector>(float* source, float* destination, int length)
        where TFunction : struct, IElementwiseFunction
        where TVector : struct, ISimdVector<TVector>
    {
        for (int i = 0; i < length; i += TVector.Count)
        {
            default(TFunction).Invoke(TVector.Load(source + i), i, TVector.Count).Store(destination + i);
        }
    }

    private static IEnumerable<float> Samples()
    {
        for (uint bits = 0; bits < uint.MaxValue - BitStride; bits += BitStride)
        {
            float value = BitConverter.UInt32BitsToSingle(bits);
            if (float.IsFinite(value))
            {
                yield return value;
            }
        }
    }

    /// <summary>The distance in units of the last place of a float as large as the expected value.</summary>
    private static double UnitsApart(double expected, float actual)
    {
        if ((float)expected == actual)
        {
            return 0;
        }

        double unit = Math.Max(Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(expected))) - 23), Math.Pow(2, -149));
        return Math.Abs(expected - actual) / unit;
    }

    private readonly struct SquareRoot : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => TVector.Sqrt(values);
    }

    private readonly struct Sine : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => Trigonometry.Sin(values);
    }

    private readonly struct Cosine : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => Trigonometry.Cos(values);
    }

    private readonly struct Exponential : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Exp(values);
    }

    private readonly struct ExponentialMinusOne : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.ExpMinusOne(values);
    }

    private readonly struct EluOfOne : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => new Elu(1f).Forward(values);
    }

    private readonly struct ScaledElu : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => default(Selu).Forward(values);
    }

    private readonly struct SoftplusFunction : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => default(Softplus).Forward(values);
    }

    private readonly struct SiluFunction : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => default(Silu).Forward(values);
    }

    private readonly struct MishFunction : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => default(Mish).Forward(values);
    }

    private readonly struct Logistic : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Sigmoid(values);
    }

    private readonly struct HyperbolicTangent : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Tanh(values);
    }

    private readonly struct ErrorFunction : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Erf(values);
    }

    private readonly struct Logarithm : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.LogOnePlus(values);
    }

    private readonly struct NaturalLogarithm : IElementwiseFunction
    {
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Log(values);
    }
}
