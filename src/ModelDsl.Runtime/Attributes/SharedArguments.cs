namespace ModelDsl;

// Arguments that several layers have alike. The compiler reads them through these, whatever the layer.

/// <summary>A layer whose weight can be penalised for its size.</summary>
internal interface IPenalizedArguments
{
    double WeightL1 { get; }

    double WeightL2 { get; }
}

/// <summary>A layer that may have a bias.</summary>
internal interface IBiasArguments
{
    bool UseBias { get; }
}

/// <summary>A layer with a weight, and maybe a bias, that begin as its author says.</summary>
internal interface IWeightArguments : IPenalizedArguments, IBiasArguments
{
    Initializer WeightInitializer { get; }

    double WeightConstant { get; }

    Initializer BiasInitializer { get; }

    double BiasConstant { get; }
}

/// <summary>A layer whose weight starts normally distributed.</summary>
internal interface IDeviationArguments
{
    double Deviation { get; }
}

/// <summary>A layer that zeroes a share of its input at random.</summary>
internal interface IRateArguments
{
    float Rate { get; }
}

/// <summary>A layer that divides by a root to which something is added.</summary>
internal interface IEpsilonArguments
{
    double Epsilon { get; }
}

/// <summary>A layer that divides its channels into groups, each of which it works on by itself.</summary>
internal interface IGroupArguments
{
    int Groups { get; }
}

/// <summary>A layer with a window that may leave out pixels.</summary>
internal interface IDilationArguments
{
    int Dilation { get; }

    int DilationHeight { get; }

    int DilationWidth { get; }
}

/// <summary>Those of an attention with projections.</summary>
internal interface IAttentionArguments : IBiasArguments
{
    int Heads { get; }
}
