using System.Reflection;

namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>One NaN at each place of vectors of each length: it comes through where it stands, and only there.</summary>
public sealed unsafe class NaNTests
{
    private const int Longest = 40;

    public static TheoryData<Type> Activations =>
    [
        .. typeof(IActivation).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IActivation)) && type != typeof(Identity)),
    ];

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation_and_its_derivative_pass_NaN_on_at_every_place_in_every_width(Type activation)
    {
        // A function with arguments has one constructor, of numbers.
        object[] arguments =
            [.. activation.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(_ => (object)0.1f)];
        typeof(NaNTests).GetMethod(nameof(CheckActivation), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(activation)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Activator.CreateInstance(activation, arguments)], null);
    }

    [Fact]
    public void Max_pooling_of_a_window_with_a_NaN_is_NaN_and_its_gradient_goes_there()
    {
        using var memory = new KernelMemory();
        for (int channels = 1; channels <= 20; channels++)
        {
            for (int pixel = 0; pixel < 4; pixel++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    float[] image = [.. Enumerable.Range(0, 4 * channels).Select(i => new[] { 1f, 2f, 5f, 6f }[i / channels])];
                    image[(pixel * channels) + channel] = float.NaN;
                    FloatSpan x = memory.Of(image), y = memory.Zeros(channels), origins = memory.Zeros(channels);
                    var window = new SlidingWindow(2, 2, 2, 2) { StrideHeight = 2, StrideWidth = 2 };
                    MaxPooling.Forward(x, y, default, 1, window, channels);
                    OnlyAt(channel, y, "without origins");
                    MaxPooling.Forward(x, y, origins, 1, window, channels);
                    OnlyAt(channel, y, "with origins");
                    Assert.Equal(pixel, origins[channel]);
                    y.AsSpan().Fill(1f);
                    MaxPooling.Backward(y, origins, x, 1, window, channels, Epilogue.None);
                    Assert.Equal(1f, x[(pixel * channels) + channel]);
                }
            }
        }
    }

    [Fact]
    public void Rows_with_a_NaN_anywhere_have_softmaxes_and_losses_of_NaN()
    {
        using var memory = new KernelMemory();
        for (int columns = 2; columns <= Longest; columns++)
        {
            for (int place = 0; place < columns; place++)
            {
                float[] values = new float[columns];
                values[place] = float.NaN;
                int other = (place + 1) % columns;
                int[] label = [other];
                float[] targets = [.. Enumerable.Range(0, columns).Select(i => i == other ? 1f : 0f)];
                FloatSpan x = memory.Of(values), y = memory.Zeros(columns);
                Softmax.Forward(x, y, 1, columns);
                Assert.All(y.AsSpan().ToArray(), value => Assert.True(float.IsNaN(value)));
                LogSoftmax.Forward(x, y, 1, columns);
                Assert.All(y.AsSpan().ToArray(), value => Assert.True(float.IsNaN(value)));
                Loss(g => SoftmaxCrossEntropyLoss.EvaluateWithGradient(x, label, g, 1, columns));
                Loss(g => SoftmaxCrossEntropyLoss.EvaluateWithGradient(x, targets, g, 1, columns));
                Loss(g => SoftmaxCrossEntropyLoss.EvaluateWithGradient(x, label, g, 1, columns, labelSmoothing: 0.1f));
                Loss(g => MeanSquaredErrorLoss.EvaluateWithGradient(x, targets, g, 1, columns));
                Loss(g => MeanAbsoluteErrorLoss.EvaluateWithGradient(x, targets, g, 1, columns));
                Loss(g => HuberLoss.EvaluateWithGradient(x, targets, g, 1, columns, 1f));
                Loss(g => BinaryCrossEntropyLoss.EvaluateWithGradient(x, targets, g, 1, columns));
                Loss(g => BinaryCrossEntropyLoss.EvaluateWithGradient(x, targets, g, 1, columns, [2f]));
                Loss(g => HingeLoss.EvaluateWithGradient(x, label, g, 1, columns));
                Loss(g => KullbackLeiblerLoss.EvaluateWithGradient(x, targets, g, 1, columns, fromProbabilities: true));
                Loss(g => KullbackLeiblerLoss.EvaluateWithGradient(x, targets, g, 1, columns, fromProbabilities: false));

                void Loss(Func<FloatSpan, float> evaluate)
                {
                    y.AsSpan().Clear();
                    Assert.True(float.IsNaN(evaluate(y)));
                    Assert.True(float.IsNaN(y[place]), $"the gradient at {place} of {columns} is {y[place]}");
                }
            }
        }
    }

    [Fact]
    public void Distances_with_a_NaN_have_losses_and_gradients_of_NaN()
    {
        using var memory = new KernelMemory();
        for (int width = 1; width <= Longest; width++)
        {
            for (int place = 0; place < 3 * width; place++)
            {
                FloatSpan x = memory.Random(3 * width, place), g = memory.Zeros(3 * width);
                x[place] = float.NaN;
                Assert.True(float.IsNaN(TripletLoss.EvaluateWithGradient(x, default, g, 1, width, 1f)));
                Assert.True(float.IsNaN(g[place]));
                if (place < 2 * width)
                {
                    FloatSpan pair = x.Slice(0, 2 * width);
                    Assert.True(float.IsNaN(ContrastiveLoss.EvaluateWithGradient(pair, new[] { 0 }, g, 1, width, 1f)));
                    Assert.True(float.IsNaN(g[place]));
                }
            }
        }
    }

    [Fact]
    public void Sums_and_moments_of_columns_pass_NaN_on_in_their_column()
    {
        using var memory = new KernelMemory();
        const int Rows = 40;
        for (int columns = 1; columns <= Longest; columns++)
        {
            for (int place = 0; place < columns; place++)
            {
                FloatSpan x = memory.Random(Rows * columns, place), y = memory.Zeros(columns), ones = memory.Zeros(columns);
                x[(17 * columns) + place] = float.NaN;
                Columns.Sum(x, y, Rows, columns);
                OnlyAt(place, y, "sum");
                GlobalAveragePooling.Forward(x, y, 1, Rows, columns, Epilogue.None);
                OnlyAt(place, y, "mean");
                FloatSpan mean = memory.Zeros(columns), inverse = memory.Zeros(columns), scale = memory.Zeros(columns);
                BatchNormalization.Statistics(x, ones, y, memory.Zeros(columns), mean, inverse, scale, Rows, columns, 1f, 1e-5f);
                OnlyAt(place, mean, "moment");
                OnlyAt(place, inverse, "moment");
                LayerNorm.Forward(x, ones, default, x, default, Rows, columns, 1e-5f, Epilogue.None);
                Assert.All(x.Slice(17 * columns, columns).AsSpan().ToArray(), value => Assert.True(float.IsNaN(value)));
            }
        }
    }

    [Fact]
    public void A_masked_step_takes_no_gradient_not_even_NaN()
    {
        using var memory = new KernelMemory();
        FloatSpan gradient = memory.Of([float.NaN]), mask = memory.Of([0f, float.NegativeInfinity]), result = memory.Zeros(2);
        MaskedAverage.Backward(gradient, mask, result, 1, 2, 1, Epilogue.None);
        Assert.True(float.IsNaN(result[0]));
        Assert.Equal(0f, result[1]);
    }

    [Fact]
    public void Upsampling_reads_no_pixel_without_a_share()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Of([1f, float.NaN, 2f]), y = memory.Zeros(27);
        Upsampling.Forward(x, y, 1, 1, 3, 1, 3, 3, Interpolation.Bilinear, Epilogue.None);
        Assert.Equal(1f, y[1]);
        Assert.Equal(2f, y[7]);
        Assert.True(float.IsNaN(y[4]));
    }

    private static void OnlyAt(int place, ReadOnlySpan<float> values, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Assert.True(float.IsNaN(values[i]) == (i == place), $"{what}: {values[i]} at {i} of {values.Length}, NaN was at {place}");
        }
    }

    private static void CheckActivation<TActivation>(TActivation activation)
        where TActivation : struct, IActivation
    {
        using var memory = new KernelMemory();

        // Logarithms and roots of negative numbers are none.
        bool isOfPositive = default(TActivation) is Log or Sqrt;
        for (int length = 1; length <= Longest; length++)
        {
            for (int place = 0; place < length; place++)
            {
                FloatSpan values = memory.Zeros(1);
                float[] x = [.. Enumerable.Repeat(isOfPositive ? 0.5f : -0.5f, length)];
                x[place] = float.NaN;
                float[] y = [.. x];
                new Activate<TActivation>(activation).Invoke(y, 0, 0);
                OnlyAt(place, y, typeof(TActivation).Name);
                fixed (float* saved = x)
                {
                    float[] g = [.. Enumerable.Repeat(1f, length)];
                    new ActivationGradient<TActivation>(new FloatSpan(saved, length), length, activation).Invoke(g, 0, 0);
                    OnlyAt(place, g, typeof(TActivation).Name);
                    g[place] = 1f;
                    new Prelu(values).Invoke(y, 0, 0);
                    OnlyAt(place, y, nameof(Prelu));
                    new PreluGradient(new FloatSpan(saved, length), length, values).Invoke(g, 0, 0);
                    OnlyAt(place, g, nameof(PreluGradient));
                }
            }
        }

        CheckWidth<TActivation, SimdScalar>(activation);
        CheckWidth<TActivation, SimdVector128>(activation);
        CheckWidth<TActivation, SimdVector256>(activation);
        CheckWidth<TActivation, SimdVector512>(activation);
    }

    private static void CheckWidth<TActivation, TVector>(TActivation activation)
        where TActivation : struct, IActivation
        where TVector : struct, ISimdVector<TVector>
    {
        float* x = stackalloc float[TVector.Count];
        float* y = stackalloc float[TVector.Count];
        for (int place = 0; place < TVector.Count; place++)
        {
            new Span<float>(x, TVector.Count).Fill(2f);
            x[place] = float.NaN;
            activation.Forward(TVector.Load(x)).Store(y);
            OnlyAt(place, new ReadOnlySpan<float>(y, TVector.Count), typeof(TActivation).Name);
            activation.Derivative(TVector.Load(x)).Store(y);
            OnlyAt(place, new ReadOnlySpan<float>(y, TVector.Count), typeof(TActivation).Name);
        }
    }
}
