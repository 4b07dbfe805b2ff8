namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Functions of two elements and the stages that apply them.</summary>
public sealed unsafe class CombineTests
{
    private const int Rows = 6;

    [Fact]
    public void Functions_match_their_definitions_in_every_width()
    {
        Check<Addition>((x, y) => x + y);
        Check<Subtraction>((x, y) => x - y);
        Check<ReverseSubtraction>((x, y) => y - x);
        Check<Multiplication>((x, y) => x * y);
        Check<Division>((x, y) => x / y);
        Check<ReverseDivision>((x, y) => y / x);
        Check<Maximum>(MathF.Max);
        Check<Minimum>(MathF.Min);
        Check<Less>((x, y) => x < y ? 1 : 0);
        Check<LessOrEqual>((x, y) => x <= y ? 1 : 0);
        Check<Greater>((x, y) => x > y ? 1 : 0);
        Check<GreaterOrEqual>((x, y) => x >= y ? 1 : 0);
        Check<Selection>((x, y) => y == 0 ? 0 : x);
        Check<Rejection>((x, y) => y == 0 ? x : 0);
        Check<LargerShare>((x, y) => x > y ? 1 : x < y ? 0 : x == y ? 0.5f : float.NaN);
        Check<SmallerShare>((x, y) => x < y ? 1 : x > y ? 0 : x == y ? 0.5f : float.NaN);
        Check<QuotientSlope>((x, y) => -(x / y));
    }

    [Fact]
    public void Stages_read_their_operand_at_its_place_on_runs_of_0_to_40_between_guard_pages()
    {
        for (int columns = 0; columns <= 40; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan matrix = memory.Random(Rows * columns, 1), vector = memory.Random(columns, 2);
            FloatSpan samples = memory.Random(2 * columns, 3), rows = memory.Random(2, 4), one = memory.Random(1, 5);
            FloatSpan table = memory.Random(3 * columns, 6), second = memory.Random(Rows * columns, 7);
            FloatSpan condition = memory.Of([.. Enumerable.Range(0, Rows * columns).Select(i => i % 3 == 0 ? 0f : i)]);
            FloatSpan values = memory.Random(Rows * columns, 8);
            float[] before = values.AsSpan().ToArray();

            Check(new Combine<Subtraction>(matrix, columns), (x, r, c) => x - matrix[(r * columns) + c]);
            Check(new CombineNumber<Subtraction>(1.5f), (x, _, _) => x - 1.5f);
            Check(new CombineColumns<Subtraction>(vector), (x, _, c) => x - vector[c]);
            Check(new CombineColumns<Subtraction>(one), (x, _, _) => x - one[0]);
            Check(new CombineSamples<Subtraction>(samples, 3, columns), (x, r, c) => x - samples[(r / 3 * columns) + c]);
            Check(new CombineRows<Subtraction>(rows, 3), (x, r, _) => x - rows[r / 3]);
            Check(new CombineRepeated<Subtraction>(table, 3, columns), (x, r, c) => x - table[(r % 3 * columns) + c]);
            Check(
                new Weigh<Subtraction>(matrix, second, columns),
                (x, r, c) => x * (matrix[(r * columns) + c] - second[(r * columns) + c]));
            Check(
                new WeighNumber<Subtraction>(matrix, columns, 1.5f), (x, r, c) => x * (matrix[(r * columns) + c] - 1.5f));
            Check(
                new Choose(condition, second, columns),
                (x, r, c) => condition[(r * columns) + c] != 0 ? x : second[(r * columns) + c]);
            Check(new FillWhere(condition, columns, 9f, whereZero: true), (x, r, c) => condition[(r * columns) + c] != 0 ? x : 9f);
            Check(new FillWhere(condition, columns, 9f, whereZero: false), (x, r, c) => condition[(r * columns) + c] != 0 ? 9f : x);

            void Check<TStage>(TStage stage, Func<float, int, int, float> expected)
                where TStage : struct, IEpilogue
            {
                before.CopyTo(values);
                Elementwise.Apply(values, values, Rows, columns, stage);
                Bits.Equal([.. before.Select((x, i) => expected(x, i / columns, i % columns))], values);
                before.CopyTo(values);
                for (int row = 0; row < Rows; row++)
                {
                    stage.Invoke(values.Slice(row * columns, columns), row, 0);
                }

                Bits.Equal([.. before.Select((x, i) => expected(x, i / columns, i % columns))], values);
            }
        }
    }

    [Fact]
    public void Operand_that_is_too_short_is_refused_before_anything_is_read()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(4 * 8);
        Refuses(new Combine<Addition>(memory.Zeros(31), 8));
        Refuses(new CombineColumns<Addition>(memory.Zeros(7)));
        Refuses(new CombineSamples<Addition>(memory.Zeros(15), 2, 8));
        Refuses(new CombineRows<Addition>(memory.Zeros(1), 2));
        Refuses(new CombineRepeated<Addition>(memory.Zeros(15), 2, 8));
        Refuses(new Weigh<Addition>(values, memory.Zeros(31), 8));
        Refuses(new WeighNumber<Addition>(memory.Zeros(31), 8, 1f));
        Refuses(new Choose(values, memory.Zeros(31), 8));
        Refuses(new FillWhere(memory.Zeros(31), 8, 1f, whereZero: true));

        void Refuses<TStage>(TStage stage)
            where TStage : struct, IEpilogue =>
            Assert.Throws<ArgumentOutOfRangeException>(() => Elementwise.Apply(values, values, 4, 8, stage));
    }

    [Fact]
    public void Power_is_within_six_units_in_the_last_place()
    {
        var random = new System.Random(3);
        double worst = 0;
        float[] x = new float[16], y = new float[16], result = new float[16], narrow = new float[16];
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < 16; i++)
            {
                x[i] = (float)Math.Exp((random.NextDouble() - 0.5) * (round % 2 == 0 ? 160 : 1));
                double most = 80 / Math.Max(1e-3, Math.Abs(Math.Log(x[i])));
                y[i] = (float)((random.NextDouble() - 0.5) * 2 * most);
            }

            Apply<Power, SimdVector512>(x, y, result);
            Apply<Power, SimdScalar>(x, y, narrow);
            Bits.Equal(narrow, result);
            for (int i = 0; i < 16; i++)
            {
                double expected = Math.Pow(x[i], y[i]);
                double unit = Math.Pow(2, Math.Floor(Math.Log2(expected)) - 23);
                worst = Math.Max(worst, Math.Abs(expected - result[i]) / unit);
            }
        }

        Assert.True(worst <= 6, $"{worst} units");
    }

    [Theory]
    [InlineData(0f, 2f, 0f)]
    [InlineData(0f, -1f, float.PositiveInfinity)]
    [InlineData(0f, 0f, 1f)]
    [InlineData(-2f, 3f, -8f)]
    [InlineData(-2f, 2f, 4f)]
    [InlineData(-2f, -1f, -0.5f)]
    [InlineData(-2f, 0f, 1f)]
    [InlineData(-2f, 0.5f, float.NaN)]
    [InlineData(float.PositiveInfinity, 2f, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, -2f, 0f)]
    [InlineData(10f, 100f, float.PositiveInfinity)]
    [InlineData(10f, -100f, 0f)]
    [InlineData(float.NaN, 2f, float.NaN)]
    [InlineData(float.NaN, 0f, float.NaN)]
    [InlineData(2f, float.NaN, float.NaN)]
    public void Power_has_its_limits(float x, float y, float expected)
    {
        float[] result = new float[16];
        Apply<Power, SimdVector512>([.. Enumerable.Repeat(x, 16)], [.. Enumerable.Repeat(y, 16)], result);
        Assert.Equal(expected, result[3], 1e-5f);
    }

    [Fact]
    public void Growth_of_a_power_of_zero_is_zero()
    {
        float[] result = new float[16];
        Apply<PowerGrowth, SimdVector512>(new float[16], [.. Enumerable.Repeat(2f, 16)], result);
        Assert.Equal(0f, result[0]);
        Apply<PowerSlope, SimdVector512>(new float[16], [.. Enumerable.Repeat(2f, 16)], result);
        Assert.Equal(0f, result[0]);
    }

    private static void Check<TFunction>(Func<float, float, float> expected)
        where TFunction : struct, IBinaryFunction
    {
        float[] x = [1f, -2f, 0f, 3f, float.NaN, 2f, -0.5f, 7f, 1f, 1f, 0f, 4f, float.PositiveInfinity, 2f, 5f, -5f];
        float[] y = [2f, -2f, 1f, 0f, 1f, float.NaN, 0.5f, 7f, 0f, -1f, 0f, 9f, 1f, float.NegativeInfinity, -5f, 5f];
        float[] result = new float[16];
        float[] values = [.. x.Zip(y, expected)];
        Apply<TFunction, SimdScalar>(x, y, result);
        Assert.Equal(values, result);
        Apply<TFunction, SimdVector128>(x, y, result);
        Assert.Equal(values, result);
        Apply<TFunction, SimdVector256>(x, y, result);
        Assert.Equal(values, result);
        Apply<TFunction, SimdVector512>(x, y, result);
        Assert.Equal(values, result);
    }

    private static void Apply<TFunction, TVector>(float[] x, float[] y, float[] result)
        where TFunction : struct, IBinaryFunction
        where TVector : struct, ISimdVector<TVector>
    {
        fixed (float* left = x, right = y, to = result)
        {
            for (int i = 0; i < x.Length; i += TVector.Count)
            {
                TFunction.Apply(TVector.Load(left + i), TVector.Load(right + i)).Store(to + i);
            }
        }
    }
}
