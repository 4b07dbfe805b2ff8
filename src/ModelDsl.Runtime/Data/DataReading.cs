namespace ModelDsl;

/// <summary>Single samples of a source.</summary>
public static class DataReading
{
    /// <summary>One sample, copied.</summary>
    /// <exception cref="ArgumentException">The index is not within the source.</exception>
    public static float[] GetSample(this IDataSource source, int index)
    {
        ArgumentNullException.ThrowIfNull(source);
        float[] sample = new float[source.SampleShape.Count];
        source.GatherSamples([index], sample);
        return sample;
    }

    /// <summary>The label of one sample.</summary>
    /// <exception cref="InvalidOperationException">Samples have no label, or several labels each.</exception>
    /// <exception cref="ArgumentException">The index is not within the source.</exception>
    public static int GetLabel(this IDataSource source, int index)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.LabelsPerSample > 1)
        {
            throw new InvalidOperationException($"expected one label, but each sample has {source.LabelsPerSample}");
        }

        Span<int> label = stackalloc int[1];
        source.GatherLabels([index], label);
        return label[0];
    }
}
