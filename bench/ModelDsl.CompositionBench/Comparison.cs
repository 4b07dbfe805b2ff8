using System.Diagnostics;
using Benchmarks.Bench.Measurement;
using ModelDsl.Compositions;
using Benchmarks.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.CompositionBench;

/// <summary>One model on both sides.</summary>
/// <param name="Name">The model's class.</param>
/// <param name="LossDeviation">How far the losses are apart, as a part of the loss.</param>
/// <param name="GradientDeviation">How far the gradients are apart at most, as a part of the largest.</param>
/// <param name="Ratio">libtorch's time of a training step divided by ours.</param>
internal sealed record Comparison(string Name, double LossDeviation, double GradientDeviation, double Ratio)
{
    private const int BatchSize = 16;
    private const int Rounds = 9;
    private const double SampleSeconds = 2e-3;
    private const double Tolerance = 2e-3;
    private const double Negligible = 1e-4;

    /// <summary>Whether both sides give the same but for rounding.</summary>
    public bool Agrees => LossDeviation < Tolerance && GradientDeviation < Tolerance;

    /// <summary>Takes a training step on both sides and compares what comes of it; then times further ones.</summary>
    public static Comparison Make(CompiledCompositions compiled, ComposedModel composed)
    {
        IModel ours = compiled.Create(composed, seed: 1);
        using TorchModel theirs = new(compiled.TypeOf(composed)) { Training = true };
        theirs.CopyParametersFrom(ours);
        StepInput input = StepInput.Draw(ours.Description, BatchSize, composed.Seed);
        float loss = ours.ComputeGradients(input.Samples, input.Targets);
        double theirLoss = Step(theirs, input);
        (double lossDeviation, double gradientDeviation) = Compare(ours, loss, theirs, theirLoss);
        double ourTime = Time(() => ours.ComputeGradients(input.Samples, input.Targets));
        double theirTime = Time(() => Step(theirs, input));
        return new Comparison(composed.Name, lossDeviation, gradientDeviation, theirTime / ourTime);
    }

    private static (double Loss, double Gradients) Compare(IModel ours, float loss, TorchModel theirs, double theirLoss)
    {
        double largest = Negligible, apart = 0;
        foreach ((string name, Parameter parameter) in theirs.Parameters.Where(entry => entry.Value.requires_grad))
        {
            ParameterDescription description = ours.Description.Parameters.Single(candidate => candidate.Name == name);
            ReadOnlySpan<float> gradient = ours.Gradients.Slice(description.Offset, description.Shape.Count);
            float[] other = parameter.grad?.data<float>().ToArray() ?? new float[gradient.Length];
            for (int i = 0; i < other.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(other[i]));
                apart = Math.Max(apart, Math.Abs(other[i] - gradient[i]));
            }
        }

        return (Math.Abs(loss - theirLoss) / Math.Max(Math.Abs(theirLoss), Negligible), apart / largest);
    }

    private static double Step(TorchModel model, StepInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        foreach (Parameter parameter in model.Parameters.Select(entry => entry.Value))
        {
            parameter.grad?.zero_();
        }

        Tensor loss = model.Loss(model.Forward(input.TorchSamples), input.TorchTargets);
        if (loss.requires_grad)
        {
            loss.backward();
        }

        return loss.item<float>();
    }

    // The median of some samples, each of as many steps as last a few milliseconds.
    private static double Time(Action step)
    {
        int steps = 1;
        for (double seconds = 0; seconds < SampleSeconds; steps *= 2)
        {
            seconds = Sample(step, steps);
        }

        return Spread.Of([.. Enumerable.Range(0, Rounds).Select(_ => Sample(step, steps) / steps)]).Median;
    }

    private static double Sample(Action step, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < steps; i++)
        {
            step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
