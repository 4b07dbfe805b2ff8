using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>
/// A source whose images are changed at random when they are gathered. What happens to a sample is a function of the
/// seed, the epoch and the sample's index: neither the batch nor the thread matters.
/// </summary>
internal sealed class AugmentedSource : SourceView
{
    // A step draws from a range of the counter of its own: adding a step leaves the others as they are.
    private const int MostSteps = 255;
    private const int StepBits = 24;
    private const int IndexBits = 32;

    private readonly ulong _seed;
    private readonly Augmentation[] _steps;
    private readonly ImageSize _size;
    private readonly Philox _random;
    private readonly ImageWarp _warp;
    private readonly FieldBuffers? _fieldBuffers;
    private readonly float[] _shiftX;
    private readonly float[] _shiftY;
    private readonly float[] _scratch;
    private readonly MixupAugmentation? _mixup;
    private readonly float[] _partner;
    private readonly float[] _partnerValues;
    private int _epoch;

    /// <summary>A view of a source of images.</summary>
    /// <exception cref="ArgumentException">Samples are no images, or the steps do not fit.</exception>
    public AugmentedSource(IDataSource source, ulong seed, ReadOnlySpan<Augmentation> steps)
        : base(source)
    {
        _seed = seed;
        _steps = steps.ToArray();
        Check(source, _steps);
        ImmutableArray<int> dimensions = source.SampleShape.Dimensions;
        _size = new ImageSize(dimensions[0], dimensions[1], dimensions.Length == 3 ? dimensions[2] : 1);
        _random = new Philox(seed);
        _warp = new ImageWarp(_size);
        _scratch = new float[_size.Count];
        int radius = _steps.OfType<ElasticAugmentation>().Select(static step => step.Radius).DefaultIfEmpty(-1).Max();
        _fieldBuffers = radius < 0 ? null : new FieldBuffers(_size, radius);
        _shiftX = new float[radius < 0 ? 0 : _size.Pixels];
        _shiftY = new float[_shiftX.Length];
        _mixup = _steps.OfType<MixupAugmentation>().SingleOrDefault();
        _partner = new float[_mixup is null ? 0 : _size.Count];
        _partnerValues = new float[_mixup is null ? 0 : source.ValuesPerSample];
    }

    public override int LabelsPerSample => _mixup is null ? Source.LabelsPerSample : 0;

    public override int ClassCount => _mixup is null ? Source.ClassCount : 0;

    public override ImmutableArray<string> ClassNames => _mixup is null ? Source.ClassNames : [];

    public override int ValuesPerSample => MixesLabels ? Source.ClassCount : Source.ValuesPerSample;

    private bool MixesLabels => _mixup is not null && Source.LabelsPerSample > 0;

    public override void StartEpoch(int epoch)
    {
        _epoch = epoch;
        Source.StartEpoch(epoch);
    }

    public override void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Source.GatherSamples(indices, destination);
        for (int i = 0; i < indices.Length; i++)
        {
            Span<float> image = destination.Slice(i * _size.Count, _size.Count);
            Change(indices[i], image);
            if (_mixup is not null)
            {
                (int partner, float part) = DrawPartner(indices[i]);
                Source.GatherSamples([partner], _partner);
                Change(partner, _partner);
                Mix(image, _partner, part);
            }
        }
    }

    public override void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        if (_mixup is not null)
        {
            throw new InvalidOperationException(
                $"expected labels, but mixup has made {ValuesPerSample} target values for each sample of them");
        }

        Source.GatherLabels(indices, destination);
    }

    public override void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        if (MixesLabels)
        {
            MixLabels(indices, destination);
            return;
        }

        Source.GatherValues(indices, destination);
        for (int i = 0; _mixup is not null && i < indices.Length; i++)
        {
            (int partner, float part) = DrawPartner(indices[i]);
            Source.GatherValues([partner], _partnerValues);
            Mix(destination.Slice(i * _partnerValues.Length, _partnerValues.Length), _partnerValues, part);
        }
    }

    private static void Check(IDataSource source, Augmentation[] steps)
    {
        if (source.SampleShape.Dimensions.Length is not (2 or 3))
        {
            throw new ArgumentException(
                $"expected images of [height, width] or [height, width, channels], got samples of {source.SampleShape}", nameof(source));
        }

        int missing = Array.IndexOf(steps, null!);
        if (missing >= 0 || steps.Length > MostSteps)
        {
            throw new ArgumentException(
                missing >= 0 ? $"expected augmentations, got null at {missing}" : $"expected at most {MostSteps}, got {steps.Length}",
                nameof(steps));
        }

        int mixups = steps.OfType<MixupAugmentation>().Count();
        if (mixups > 1)
        {
            throw new ArgumentException($"expected mixup once, got it {mixups} times", nameof(steps));
        }

        if (mixups == 1 && (source.LabelsPerSample > 1 || (source.LabelsPerSample == 1 && source.ValuesPerSample > 0)))
        {
            throw new ArgumentException(
                "expected one label or target values for mixup, got "
                    + $"{source.LabelsPerSample} labels and {source.ValuesPerSample} target values for each sample",
                nameof(source));
        }
    }

    private static void Mix(Span<float> own, ReadOnlySpan<float> other, float part)
    {
        TensorPrimitives.Multiply(own, part, own);
        TensorPrimitives.MultiplyAdd(other, 1 - part, own, own);
    }

    private void Restart(int index, int step) => _random.Restart(
        RandomStreams.Augmentation(_epoch), ((ulong)(uint)index << IndexBits) | ((ulong)(uint)step << StepBits));

    private (int Partner, float Part) DrawPartner(int index)
    {
        Restart(index, MostSteps);
        return _mixup!.Draw(_random, Count);
    }

    /// <summary>Changes of the geometry are collected until their result is needed.</summary>
    private void Change(int index, Span<float> image)
    {
        Affine map = Affine.Identity;
        for (int step = 0; step < _steps.Length; step++)
        {
            Restart(index, step);
            switch (_steps[step])
            {
                case GeometricAugmentation geometric:
                    map = map.Then(geometric.Draw(_random, _size));
                    break;
                case ElasticAugmentation { Strength: > 0f } elastic:
                    elastic.Draw(_random, _size, _shiftX, _fieldBuffers!);
                    elastic.Draw(_random, _size, _shiftY, _fieldBuffers!);
                    _warp.Run(map, _shiftX, _shiftY, image);
                    map = Affine.Identity;
                    break;
                case PixelAugmentation pixels:
                    Warp(ref map, image);
                    pixels.Apply(_random, _size, image, _scratch);
                    break;
            }
        }

        Warp(ref map, image);
    }

    private void Warp(ref Affine map, Span<float> image)
    {
        if (map != Affine.Identity)
        {
            _warp.Run(map, [], [], image);
            map = Affine.Identity;
        }
    }

    private void MixLabels(ReadOnlySpan<int> indices, Span<float> destination)
    {
        int classes = Source.ClassCount;
        Indices.CheckGather(indices, Count, classes, destination.Length);
        destination.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            (int partner, float part) = DrawPartner(indices[i]);
            Span<float> values = destination.Slice(i * classes, classes);
            values[LabelOf(indices[i])] += part;
            values[LabelOf(partner)] += 1 - part;
        }
    }

    private int LabelOf(int index)
    {
        int label = Source.GetLabel(index);
        return (uint)label < (uint)Source.ClassCount
            ? label
            : throw new ArgumentException(
                $"expected labels from 0 to {Source.ClassCount - 1}, got {label} for sample {index}");
    }
}
