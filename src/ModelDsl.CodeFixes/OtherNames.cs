using System.Collections.Immutable;

namespace ModelDsl.CodeFixes;

/// <summary>The names that other libraries, or a slip of the finger, give to layers.</summary>
internal static class OtherNames
{
    private const int All = int.MaxValue;

    // More than this many slips make another word.
    private const int MostSlips = 2;
    private const int ShortestForTwoSlips = 6;

    /// <summary>
    /// Names of PyTorch and Keras that differ from ours, in any case; how many of the positional arguments are carried
    /// over; and whether PyTorch writes the number of inputs before them, which is known here.
    /// </summary>
    private static readonly ImmutableDictionary<string, (string Name, int Count, bool SkipsInputs)> Known =
        new Dictionary<string, (string Name, int Count, bool SkipsInputs)>
        {
            ["Linear"] = ("Dense", 1, true),
            ["FullyConnected"] = ("Dense", 1, true),
            ["ReLU"] = ("Relu", 0, false),
            ["LeakyReLU"] = ("LeakyRelu", All, false),
            ["PReLU"] = ("Prelu", 0, false),
            ["ELU"] = ("Elu", All, false),
            ["SELU"] = ("Selu", 0, false),
            ["GELU"] = ("Gelu", 0, false),
            ["GLU"] = ("Glu", 0, false),
            ["SiLU"] = ("Silu", 0, false),
            ["Swish"] = ("Silu", 0, false),
            ["Hardswish"] = ("HardSwish", 0, false),
            ["Hardsigmoid"] = ("HardSigmoid", 0, false),
            ["CrossEntropyLoss"] = ("SoftmaxCrossEntropy", 0, false),
            ["CrossEntropy"] = ("SoftmaxCrossEntropy", 0, false),
            ["SparseCategoricalCrossentropy"] = ("SoftmaxCrossEntropy", 0, false),
            ["CategoricalCrossentropy"] = ("SoftmaxCrossEntropy", 0, false),
            ["NLLLoss"] = ("SoftmaxCrossEntropy", 0, false),
            ["BCELoss"] = ("BinaryCrossEntropy", 0, false),
            ["BCEWithLogitsLoss"] = ("BinaryCrossEntropy", 0, false),
            ["BinaryCrossentropy"] = ("BinaryCrossEntropy", 0, false),
            ["MSELoss"] = ("MeanSquaredError", 0, false),
            ["MSE"] = ("MeanSquaredError", 0, false),
            ["L1Loss"] = ("MeanAbsoluteError", 0, false),
            ["MAE"] = ("MeanAbsoluteError", 0, false),
            ["HuberLoss"] = ("Huber", 0, false),
            ["SmoothL1Loss"] = ("Huber", 0, false),
            ["HingeLoss"] = ("Hinge", 0, false),
            ["SquaredHinge"] = ("ElementwiseHinge", 0, false),
            ["HingeEmbeddingLoss"] = ("Hinge", 0, false),
            ["MultiMarginLoss"] = ("Hinge", 0, false),
            ["KLDivLoss"] = ("KullbackLeibler", 0, false),
            ["KLDivergence"] = ("KullbackLeibler", 0, false),
            ["TripletMarginLoss"] = ("Triplet", All, false),
            ["Conv1d"] = ("Conv1D", 2, true),
            ["Conv2d"] = ("Conv2D", 2, true),
            ["ConvTranspose2d"] = ("ConvTranspose2D", 2, true),
            ["Conv2DTranspose"] = ("ConvTranspose2D", All, false),
            ["MaxPool2d"] = ("MaxPool2D", 1, false),
            ["MaxPooling2D"] = ("MaxPool2D", All, false),
            ["AvgPool2d"] = ("AvgPool2D", 1, false),
            ["AveragePooling2D"] = ("AvgPool2D", All, false),
            ["MaxPool1d"] = ("MaxPool1D", 1, false),
            ["MaxPooling1D"] = ("MaxPool1D", 1, false),
            ["AvgPool1d"] = ("AvgPool1D", 1, false),
            ["AveragePooling1D"] = ("AvgPool1D", 1, false),
            ["Conv3d"] = ("Conv3D", 2, true),
            ["MaxPool3d"] = ("MaxPool3D", 1, false),
            ["MaxPooling3D"] = ("MaxPool3D", 1, false),
            ["AvgPool3d"] = ("AvgPool3D", 1, false),
            ["AveragePooling3D"] = ("AvgPool3D", 1, false),
            ["LRN"] = ("LocalResponseNorm", 1, false),
            ["Resizing"] = ("Resize", 2, false),
            ["AdaptiveAvgPool2d"] = ("GlobalAveragePool", 0, false),
            ["GlobalAveragePooling2D"] = ("GlobalAveragePool", 0, false),
            ["GlobalAveragePooling1D"] = ("GlobalAveragePool", 0, false),
            ["GlobalAvgPool2D"] = ("GlobalAveragePool", 0, false),
            ["UpSampling2D"] = ("Upsample", All, false),
            ["ZeroPadding2D"] = ("Pad", All, false),
            ["ZeroPad2d"] = ("Pad", All, false),
            ["BatchNorm1d"] = ("BatchNorm", 0, false),
            ["BatchNorm2d"] = ("BatchNorm", 0, false),
            ["BatchNormalization"] = ("BatchNorm", 0, false),
            ["LayerNormalization"] = ("LayerNorm", 0, false),
            ["GroupNormalization"] = ("GroupNorm", All, false),
            ["RMSNorm"] = ("RmsNorm", 0, false),
            ["RMSNormalization"] = ("RmsNorm", 0, false),
            ["Dropout2d"] = ("SpatialDropout", All, false),
            ["SpatialDropout2D"] = ("SpatialDropout", All, false),
            ["SpatialDropout1D"] = ("SpatialDropout", All, false),
            ["LSTM"] = ("Lstm", 1, true),
            ["GRU"] = ("Gru", 1, true),
            ["RNN"] = ("SimpleRnn", 1, true),
            ["SimpleRNN"] = ("SimpleRnn", 1, true),
            ["MultiheadAttention"] = ("SelfAttention", 0, false),
            ["MultiHeadAttention"] = ("SelfAttention", 0, false),
            ["InputLayer"] = ("Input", All, false),
        }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The name of ours that is probably meant, with the number of positional arguments that it takes, and whether one
    /// more before them is left out. Null where no name is near.
    /// </summary>
    /// <param name="written">The name as it stands in the text.</param>
    /// <param name="ours">The names of our attributes, without the suffix.</param>
    public static (string Name, int Count, bool SkipsInputs)? Find(string written, IEnumerable<string> ours)
    {
        string name = AttributeEdits.WithoutSuffix(written);
        if (Known.TryGetValue(name, out (string Name, int Count, bool SkipsInputs) known))
        {
            return known;
        }

        int allowed = name.Length >= ShortestForTwoSlips ? MostSlips : 1;
        (string Name, int Slips) nearest = ours
            .Select(candidate => (candidate, Slips(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Item2)
            .ThenBy(candidate => candidate.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Slips <= allowed ? (nearest.Name, All, false) : null;
    }

    // The letters that are wrong, missing, too many or swapped: the optimal string alignment distance.
    private static int Slips(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int same = a[i - 1] == b[j - 1] ? 0 : 1;
                int least = Math.Min(
                    distance[i - 1, j - 1] + same, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                bool isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = isSwapped ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
            }
        }

        return distance[a.Length, b.Length];
    }
}
