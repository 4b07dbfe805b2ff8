namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Operands of a convolution, each flush against a guard page, and the convolution by naive loops in double precision.
/// </summary>
internal sealed class ConvolutionOperands : IDisposable
{
    // With fewer rows a product of an unpacked weight sums in another order.
    private const int FewestRowsOfSameBits = 25;

    private readonly ConvolutionCase _case;
    private readonly bool _atEnd;
    private readonly List<GuardedMemory> _memory = [];
    private readonly FloatSpan _input;
    private readonly FloatSpan _weight;
    private readonly FloatSpan _gradient;
    private readonly int _outputPixels;

    public ConvolutionOperands(ConvolutionCase sample, bool atEnd = true)
    {
        _case = sample;
        _atEnd = atEnd;
        SlidingWindow window = sample.Window;
        _outputPixels = window.OutputHeight * window.OutputWidth;
        _input = Draw(sample.Batch * window.Height * window.Width * sample.Channels, 1);
        _weight = Draw(sample.Outputs * window.KernelHeight * window.KernelWidth * sample.Channels / sample.Groups, 2);
        _gradient = Draw(sample.Batch * _outputPixels * sample.Outputs, 3);
    }

    public void Dispose() => _memory.ForEach(memory => memory.Dispose());

    public void CheckAll()
    {
        CheckForward();
        CheckInputGradient();
        CheckWeightGradient(accumulate: false);
    }

    public void CheckForward()
    {
        FloatSpan bias = Draw(_case.Outputs, 4);
        FloatSpan output = Draw(_gradient.Length, 5);
        Convolution.Forward(
            _input, _weight, output, _case.Batch, _case.Window, _case.Channels, _case.Outputs, _case.Groups,
            Epilogue.Of(new AddBias(bias), new Add(_gradient, _case.Outputs)));
        double[] expected = Forward();
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += bias[i % _case.Outputs] + _gradient[i];
        }

        Close(expected, output);
    }

    /// <summary>
    /// Stages that are done tile by tile have the bits of stages that follow, and packed filters those of the weight.
    /// </summary>
    public void CheckStages()
    {
        FloatSpan bias = Draw(_case.Outputs, 4);
        FloatSpan mean = Draw(_case.Outputs, 9), scale = Draw(_case.Outputs, 10);
        CheckStages(new AddBias(bias));
        CheckStages(new Activate<Relu>(default));
        CheckStages(Epilogue.Of(new AddBias(bias), new Activate<Relu>(default)));
        CheckStages(Epilogue.Of(new Normalize(mean, scale, bias), new Activate<Relu>(default)));
        CheckStages(Epilogue.Of(new AddBias(mean), new Normalize(mean, scale, bias), new Activate<Relu>(default)));
        CheckStages(Epilogue.Of(new Normalize(mean, scale, bias), new AddBias(mean)));
        CheckStages(Epilogue.Of(new Activate<Relu>(default), new AddBias(bias)));
    }

    public void CheckInputGradient()
    {
        FloatSpan result = Draw(_input.Length, 6);
        Convolution.InputGradient(
            _gradient, _weight, result, _case.Batch, _case.Window, _case.Channels, _case.Outputs, _case.Groups,
            Epilogue.Of(new Add(_input, _case.Channels)));
        double[] expected = InputGradient();
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += _input[i];
        }

        Close(expected, result);
    }

    public void CheckWeightGradient(bool accumulate)
    {
        FloatSpan weight = Draw(_weight.Length, 7);
        FloatSpan bias = Draw(_case.Outputs, 8);
        double[] expected = WeightGradient();
        double[] expectedBias = new double[_case.Outputs];
        for (int i = 0; i < _gradient.Length; i++)
        {
            expectedBias[i % _case.Outputs] += _gradient[i];
        }

        if (accumulate)
        {
            AddTo(expected, weight);
            AddTo(expectedBias, bias);
        }

        Convolution.WeightGradient(
            _gradient, _input, weight, bias, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups, accumulate);
        Close(expected, weight);
        Close(expectedBias, bias);
    }

    /// <summary>The relative errors of all three passes: the root of the mean square over that of the result.</summary>
    public double[] MeasureErrors()
    {
        ReadOnlySpan<float> results = ComputeAll();
        int input = _gradient.Length, weight = input + _input.Length;
        return
        [
            RelativeError(Forward(), results[..input]),
            RelativeError(InputGradient(), results[input..weight]),
            RelativeError(WeightGradient(), results[weight..(weight + _weight.Length)]),
        ];
    }

    /// <summary>The results of all three passes.</summary>
    public float[] ComputeAll()
    {
        FloatSpan output = Draw(_gradient.Length, 5), inputGradient = Draw(_input.Length, 6);
        FloatSpan weightGradient = Draw(_weight.Length, 7), biasGradient = Draw(_case.Outputs, 8);
        Convolution.Forward(
            _input, _weight, output, _case.Batch, _case.Window, _case.Channels, _case.Outputs, _case.Groups, Epilogue.None);
        Convolution.InputGradient(
            _gradient, _weight, inputGradient, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups, Epilogue.None);
        Convolution.WeightGradient(
            _gradient, _input, weightGradient, biasGradient, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups);
        return [.. output.AsSpan(), .. inputGradient.AsSpan(), .. weightGradient.AsSpan(), .. biasGradient.AsSpan()];
    }

    private void CheckStages<TEpilogue>(TEpilogue stages)
        where TEpilogue : struct, IEpilogue
    {
        FloatSpan expected = Draw(_gradient.Length, 5);
        FloatSpan actual = Draw(_gradient.Length, 6);
        Forward(null, expected, Epilogue.None);
        for (int pixel = 0; pixel < _case.Batch * _outputPixels; pixel++)
        {
            stages.Invoke(expected.Slice(pixel * _case.Outputs, _case.Outputs), pixel, 0);
        }

        Forward(null, actual, stages);
        Bits.Equal(expected, actual);
        var packed = new PackedFilters(_weight, _case.Window, _case.Channels, _case.Outputs, _case.Groups);
        Forward(packed, actual, stages);
        if (!_case.Window.IsPixel || _case.Batch * _outputPixels >= FewestRowsOfSameBits)
        {
            Bits.Equal(expected, actual);
        }
        else
        {
            Close([.. expected.AsSpan().ToArray().Select(value => (double)value)], actual);
        }
    }

    private void Forward<TEpilogue>(PackedFilters? packed, FloatSpan output, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Convolution.Forward(
            _input, _weight, packed, output, _case.Batch, _case.Window, _case.Channels, _case.Outputs, _case.Groups,
            epilogue);

    private static void AddTo(double[] values, FloatSpan addend)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += addend[i];
        }
    }

    private static void Close(double[] expected, FloatSpan actual)
    {
        double tolerance = 2e-5 * (1 + expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail($"[{i}]: expected {expected[i]}, got {actual[i]}");
            }
        }
    }

    private static double RelativeError(double[] expected, ReadOnlySpan<float> actual)
    {
        double error = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            size += expected[i] * expected[i];
        }

        return Math.Sqrt(error / size);
    }

    private FloatSpan Draw(int length, int seed)
    {
        var memory = new GuardedMemory(length);
        _memory.Add(memory);
        return Fill.Random(memory.At(length, _atEnd), seed);
    }

    private double[] Forward()
    {
        double[] result = new double[_gradient.Length];
        Visit((x, w, y) => result[y] += (double)_input[x] * _weight[w]);
        return result;
    }

    private double[] InputGradient()
    {
        double[] result = new double[_input.Length];
        Visit((x, w, y) => result[x] += (double)_gradient[y] * _weight[w]);
        return result;
    }

    private double[] WeightGradient()
    {
        double[] result = new double[_weight.Length];
        Visit((x, w, y) => result[w] += (double)_gradient[y] * _input[x]);
        return result;
    }

    // Calls back with the places of the image, the weight and the result that each product belongs to.
    private void Visit(Action<int, int, int> product)
    {
        SlidingWindow window = _case.Window;
        int groupChannels = _case.Channels / _case.Groups;
        int groupOutputs = _case.Outputs / _case.Groups;
        for (int y = 0; y < _case.Batch * _outputPixels * _case.Outputs; y++)
        {
            int output = y % _case.Outputs;
            int pixel = y / _case.Outputs % _outputPixels;
            int sample = y / _case.Outputs / _outputPixels;
            for (int tap = 0; tap < window.KernelHeight * window.KernelWidth; tap++)
            {
                int row = (pixel / window.OutputWidth * window.StrideHeight)
                    + (tap / window.KernelWidth * window.DilationHeight) - window.PaddingTop;
                int column = (pixel % window.OutputWidth * window.StrideWidth)
                    + (tap % window.KernelWidth * window.DilationWidth) - window.PaddingLeft;
                if (row < 0 || row >= window.Height || column < 0 || column >= window.Width)
                {
                    continue;
                }

                int x = ((((sample * window.Height) + row) * window.Width) + column) * _case.Channels;
                int first = output / groupOutputs * groupChannels;
                for (int channel = 0; channel < groupChannels; channel++)
                {
                    int w = (((output * window.KernelHeight * window.KernelWidth) + tap) * groupChannels) + channel;
                    product(x + first + channel, w, y);
                }
            }
        }
    }
}
