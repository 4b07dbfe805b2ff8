namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class ActivationTests
{
    [Fact]
    public void Relu_and_its_derivative_match_their_definition() =>
        Check(default(Relu), x => Math.Max(0, x), x => x > 0 ? 1 : 0);

    [Fact]
    public void LeakyRelu_and_its_derivative_match_their_definition() =>
        Check(new LeakyRelu(0.1f), x => x > 0 ? x : 0.1 * x, x => x > 0 ? 1 : 0.1);

    [Fact]
    public void Sigmoid_and_its_derivative_match_their_definition()
    {
        static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
        Check(default(Sigmoid), Sigma, x => Sigma(x) * (1 - Sigma(x)));
    }

    [Fact]
    public void HardSigmoid_and_its_derivative_match_their_definition() =>
        Check(default(HardSigmoid), x => Math.Clamp(x + 3, 0, 6) / 6, x => Math.Abs(x) < 3 ? 1 / 6.0 : 0);

    [Fact]
    public void Clip_and_its_derivative_match_their_definition() =>
        Check(new Clip(-1.2503f, 2.0007f), x => Math.Clamp(x, -1.2503f, 2.0007f), x => x is > -1.2503f and < 2.0007f ? 1 : 0);

    [Fact]
    public void Tanh_and_its_derivative_match_their_definition() =>
        Check(default(Tanh), Math.Tanh, x => 1 - Math.Pow(Math.Tanh(x), 2));

    [Fact]
    public void Silu_and_its_derivative_match_their_definition()
    {
        static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
        Check(default(Silu), x => x * Sigma(x), x => Sigma(x) * (1 + (x * (1 - Sigma(x)))));
    }

    [Fact]
    public void Gelu_and_its_derivative_match_their_definition()
    {
        static double Phi(double x) => (1 + ReferenceMath.Erf(x / Math.Sqrt(2))) / 2;
        Check(
            default(Gelu), x => x * Phi(x), x => Phi(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)));
    }

    [Fact]
    public void ApproximateGelu_and_its_derivative_match_their_definition()
    {
        static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));
        static double Slope(double x) => Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x));
        Check(
            default(ApproximateGelu),
            x => x * (1 + Math.Tanh(Inner(x))) / 2,
            x => ((1 + Math.Tanh(Inner(x))) / 2) + (x * (1 - Math.Pow(Math.Tanh(Inner(x)), 2)) * Slope(x) / 2));
    }

    [Fact]
    public void Elementary_functions_and_their_derivatives_match_their_definitions()
    {
        Check(default(Negate), x => -x, _ => -1);
        Check(default(Abs), Math.Abs, x => Math.Sign(x));
        Check(default(Sin), Math.Sin, Math.Cos);
        Check(default(Cos), Math.Cos, x => -Math.Sin(x));
        Check(default(Sign), x => Math.Sign(x), _ => 0);
        CheckPositive(default(Exp), Math.Exp, Math.Exp);
        CheckPositive(default(Log), Math.Log, x => 1 / x);
        CheckPositive(default(Sqrt), Math.Sqrt, x => 0.5 / Math.Sqrt(x));
        CheckPositive(default(Square), x => x * x, x => 2 * x);
        CheckPositive(default(Reciprocal), x => 1 / x, x => -1 / (x * x));

        static void CheckPositive<TActivation>(
            TActivation activation, Func<double, double> function, Func<double, double> derivative)
            where TActivation : struct, IActivation
        {
            using var memory = new KernelMemory();
            float[] x = [.. Enumerable.Range(1, 99).Select(i => i * 0.11f)];
            float[] y = [.. x];
            new Activate<TActivation>(activation).Invoke(y, 0, 0);
            FloatSpan saved = memory.Of(TActivation.DerivativeUsesOutput ? y : x);
            float[] gradient = [.. Enumerable.Repeat(2f, x.Length)];
            new ActivationGradient<TActivation>(saved, x.Length, activation).Invoke(gradient, 0, 0);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(1, y[i] / function(x[i]), 1e-6);
                Assert.Equal(1, gradient[i] / (2 * derivative(x[i])), 1e-6);
            }
        }
    }

    [Fact]
    public void Large_arguments_saturate_without_NaN()
    {
        AssertLimits(default(Sigmoid), 0f, 1f);
        AssertLimits(default(Tanh), -1f, 1f);
        AssertLimits(default(Silu), 0f, 1e30f);
        AssertLimits(default(Gelu), 0f, 1e30f);
        AssertLimits(default(ApproximateGelu), 0f, 1e30f);

        static void AssertLimits<TActivation>(TActivation activation, float low, float high)
            where TActivation : struct, IActivation
        {
            using var memory = new KernelMemory();
            float[] values = [-1e30f, 1e30f];
            FloatSpan saved = memory.Of(values);
            new Activate<TActivation>(activation).Invoke(values, 0, 0);
            Assert.Equal([low, high], values);
            if (TActivation.DerivativeUsesOutput)
            {
                saved = memory.Of(values);
            }

            float[] gradient = [1f, 1f];
            new ActivationGradient<TActivation>(saved, 2, activation).Invoke(gradient, 0, 0);
            Assert.Equal(0f, gradient[0]);
            Assert.Equal(high > 1f ? 1f : 0f, gradient[1]);
        }
    }

    [Fact]
    public void Far_below_zero_gated_activations_keep_their_digits()
    {
        AssertDigits(default(Silu), x => x / (1 + Math.Exp(-x)), x => (1 + (x * (1 - Logistic(x)))) * Logistic(x), 85f);
        AssertDigits(default(Mish), x => x * Power(x) / (Power(x) + 2), x => Math.Exp(x) * (1 + x), 85f);

        static double Power(double x) => Math.Exp(x) * (Math.Exp(x) + 2);

        static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

        static void AssertDigits<TActivation>(
            TActivation activation, Func<double, double> function, Func<double, double> derivative, float lowest)
            where TActivation : struct, IActivation
        {
            using var memory = new KernelMemory();
            for (float x = -12f; x > -lowest; x -= 0.37f)
            {
                float[] y = [x], gradient = [1f];
                new Activate<TActivation>(activation).Invoke(y, 0, 0);
                new ActivationGradient<TActivation>(memory.Of([x]), 1, activation).Invoke(gradient, 0, 0);
                Assert.Equal(1, y[0] / function(x), 1e-5);
                Assert.Equal(1, gradient[0] / derivative(x), 1e-4);
            }
        }
    }

    [Fact]
    public void At_the_infinities_each_activation_and_its_derivative_are_their_limits()
    {
        const float Infinity = float.PositiveInfinity;
        AssertLimits(default(Relu), 0f, Infinity, 0f, 1f);
        AssertLimits(new LeakyRelu(0.1f), -Infinity, Infinity, 0.1f, 1f);
        AssertLimits(new Elu(2f), -2f, Infinity, 0f, 1f);
        AssertLimits(default(Selu), -1.05070098f * 1.67326324f, Infinity, 0f, 1.05070098f);
        AssertLimits(default(Sigmoid), 0f, 1f, 0f, 0f);
        AssertLimits(default(HardSigmoid), 0f, 1f, 0f, 0f);
        AssertLimits(new Clip(-1.5f, 2f), -1.5f, 2f, 0f, 0f);
        AssertLimits(default(Tanh), -1f, 1f, 0f, 0f);
        AssertLimits(default(Softplus), 0f, Infinity, 0f, 1f);
        AssertLimits(default(Silu), 0f, Infinity, 0f, 1f);
        AssertLimits(default(Mish), 0f, Infinity, 0f, 1f);
        AssertLimits(default(HardSwish), 0f, Infinity, 0f, 1f);
        AssertLimits(default(Gelu), 0f, Infinity, 0f, 1f);
        AssertLimits(default(ApproximateGelu), 0f, Infinity, 0f, 1f);

        static void AssertLimits<TActivation>(
            TActivation activation, float low, float high, float lowSlope, float highSlope)
            where TActivation : struct, IActivation
        {
            using var memory = new KernelMemory();
            for (int length = 2; length <= 40; length++)
            {
                float[] x = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? -Infinity : Infinity)];
                float[] y = [.. x];
                new Activate<TActivation>(activation).Invoke(y, 0, 0);
                float[] gradient = [.. Enumerable.Repeat(1f, length)];
                FloatSpan saved = memory.Of(TActivation.DerivativeUsesOutput ? y : x);
                new ActivationGradient<TActivation>(saved, length, activation).Invoke(gradient, 0, 0);
                for (int i = 0; i < length; i++)
                {
                    Assert.Equal(i % 2 == 0 ? low : high, y[i]);
                    Assert.Equal(i % 2 == 0 ? lowSlope : highSlope, gradient[i], 3e-7f);
                }
            }
        }
    }

    private static void Check<TActivation>(
        TActivation activation, Func<double, double> function, Func<double, double> derivative)
        where TActivation : struct, IActivation
    {
        using var memory = new KernelMemory();
        float[] x = [.. Enumerable.Range(-2000, 4001).Select(i => i * 0.005f)];
        float[] y = [.. x];
        new Activate<TActivation>(activation).Invoke(y, 0, 0);
        FloatSpan saved = memory.Of(TActivation.DerivativeUsesOutput ? y : x);
        float[] gradient = [.. Enumerable.Repeat(2f, x.Length)];
        new ActivationGradient<TActivation>(saved, x.Length, activation, scale: 3f).Invoke(gradient, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(function(x[i]), y[i], 1e-6 * Math.Max(1, Math.Abs(x[i])));
            Assert.Equal(6 * derivative(x[i]), gradient[i], 6e-6);
        }
    }
}
