using ModelDsl.Kernels;

namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Operands of a convolution, and the convolution by naive loops in double precision.</summary>
internal sealed class ConvolutionOperands
{
    private readonly ConvolutionCase _case;
    private readonly AlignedMemory _input;
    private readonly AlignedMemory _weight;
    private readonly AlignedMemory _gradient;
    private readonly int _outputPixels;

    public ConvolutionOperands(ConvolutionCase sample)
    {
        _case = sample;
        SlidingWindow window = sample.Window;
        _outputPixels = window.OutputHeight * window.OutputWidth;
        _input = Draw(sample.Batch * window.Height * window.Width * sample.Channels, 1);
        _weight = Draw(sample.Outputs * window.KernelHeight * window.KernelWidth * sample.Channels / sample.Groups, 2);
        _gradient = Draw(sample.Batch * _outputPixels * sample.Outputs, 3);
    }

    public void CheckForward()
    {
        AlignedMemory bias = Draw(_case.Outputs, 4);
        AlignedMemory output = Draw(_gradient.Length, 5);
        Convolution.Forward(
            _input.FloatSpan, _weight.FloatSpan, output.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups,
            Epilogue.Of(new AddBias(bias.FloatSpan), new Add(_gradient.FloatSpan, _case.Outputs)));
        double[] expected = new double[output.Length];
        Visit((x, w, y) => expected[y] += (double)_input.Span[x] * _weight.Span[w]);
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] += bias.Span[i % _case.Outputs] + _gradient.Span[i];
        }

        Close(expected, output.Span);
        GC.KeepAlive(bias);
    }

    public void CheckInputGradient()
    {
        AlignedMemory result = Draw(_input.Length, 6);
        Convolution.InputGradient(
            _gradient.FloatSpan, _weight.FloatSpan, result.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups,
            Epilogue.Of(new Add(_input.FloatSpan, _case.Channels)));
        double[] expected = [.. _input.Span.ToArray().Select(value => (double)value)];
        Visit((x, w, y) => expected[x] += (double)_gradient.Span[y] * _weight.Span[w]);
        Close(expected, result.Span);
    }

    public void CheckWeightGradient(bool accumulate)
    {
        AlignedMemory weight = Draw(_weight.Length, 7);
        AlignedMemory bias = Draw(_case.Outputs, 8);
        double[] expected = [.. weight.Span.ToArray().Select(value => accumulate ? value : 0.0)];
        double[] expectedBias = [.. bias.Span.ToArray().Select(value => accumulate ? value : 0.0)];
        Convolution.WeightGradient(
            _gradient.FloatSpan, _input.FloatSpan, weight.FloatSpan, bias.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups, accumulate);
        Visit((x, w, y) => expected[w] += (double)_gradient.Span[y] * _input.Span[x]);
        for (int i = 0; i < _gradient.Length; i++)
        {
            expectedBias[i % _case.Outputs] += _gradient.Span[i];
        }

        Close(expected, weight.Span);
        Close(expectedBias, bias.Span);
    }

    /// <summary>The results of all three passes.</summary>
    public float[] ComputeAll()
    {
        AlignedMemory output = new(_gradient.Length), inputGradient = new(_input.Length);
        AlignedMemory weightGradient = new(_weight.Length), biasGradient = new(_case.Outputs);
        Convolution.Forward(
            _input.FloatSpan, _weight.FloatSpan, output.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups, Epilogue.None);
        Convolution.InputGradient(
            _gradient.FloatSpan, _weight.FloatSpan, inputGradient.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups, Epilogue.None);
        Convolution.WeightGradient(
            _gradient.FloatSpan, _input.FloatSpan, weightGradient.FloatSpan, biasGradient.FloatSpan, _case.Batch,
            _case.Window, _case.Channels, _case.Outputs, _case.Groups);
        return [.. output.Span, .. inputGradient.Span, .. weightGradient.Span, .. biasGradient.Span];
    }

    private static AlignedMemory Draw(int length, int seed)
    {
        var memory = new AlignedMemory(length);
        Fill.Random(memory.FloatSpan, seed);
        return memory;
    }

    private static void Close(double[] expected, ReadOnlySpan<float> actual)
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
